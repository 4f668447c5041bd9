extension CheckWords {
  static let format: [CheckWords] = [
    CheckWords(
      "F01", "机组登记", formula: "unit ∈ register",
      finding: "机组不在登记册内或已停用", advice: "核对机组编码，或先在登记册中登记"),
    CheckWords(
      "F02", "申报时段", formula: "now < cutoff(gate) − margin",
      finding: "申报时间晚于申报截止时间", advice: "尽快查明缺省报价的后果；下次提前提交"),
    CheckWords(
      "F03", "规则包有效期", formula: "effectiveFrom ≤ D ≤ effectiveTo",
      finding: "交易日不在规则包有效期内", advice: "改用交易日当天有效的规则包"),
    CheckWords(
      "F04", "价格单位", formula: "unit = currency/MWh; not all |p| ≤ guard",
      finding: "价格单位有误，疑似按千瓦时填写", advice: "改为每兆瓦时价格"),
    CheckWords(
      "F05", "功率单位", formula: "0 < b_n ≤ guard · Prated",
      finding: "出力单位有误", advice: "以兆瓦填写出力"),
    CheckWords(
      "F06", "价格步长", formula: "p_k / τ_p is whole",
      finding: "价格不是最小变动单位的整数倍", advice: "把价格调整到步长的整数倍"),
    CheckWords(
      "F07", "出力步长", formula: "a_k / τ_q, b_k / τ_q are whole",
      finding: "出力不是最小变动单位的整数倍", advice: "把出力调整到步长的整数倍"),
    CheckWords(
      "F08", "段数", formula: "n_min ≤ n ≤ n_max",
      finding: "报价段数超出规定", advice: "增减或合并报价段"),
    CheckWords(
      "F09", "数据完整", formula: "count = intervals of the day; no NaN; numbered 1…n",
      finding: "数据缺失、重复或不是数值", advice: "在源头更正，不自动补数"),
    CheckWords(
      "F10", "夏令时", formula: "count = 23, 24 or 25 hours",
      finding: "时段数与当日小时数不符", advice: "按当日实际小时数填写"),
    CheckWords(
      "F11", "价格口径", formula: "basis = pack basis",
      finding: "报价口径与规则不一致", advice: "换算为规则口径（不含容量补偿等）"),
    CheckWords(
      "F12", "结算单版式", formula: "hash(header) ∈ known layouts",
      finding: "结算单版式未知", advice: "先登记新版式再解析"),
  ]

  static let curve: [CheckWords] = [
    CheckWords(
      "C01", "价格单调", formula: "p_k ≥ p_{k−1}",
      finding: "报价随出力下降", advice: "提高本段或降低前一段价格"),
    CheckWords(
      "C02", "出力递增", formula: "b_k > a_k, b_k > b_{k−1}",
      finding: "出力不递增", advice: "给该段留出宽度或删除"),
    CheckWords(
      "C03", "分段连续", formula: "a_k = b_{k−1}",
      finding: "报价段之间有间隙或重叠", advice: "令本段起点等于上一段终点"),
    CheckWords(
      "C04", "首段起点", formula: "a_1 = start rule",
      finding: "首段起点不符合规定", advice: "把首点放在规定的出力"),
    CheckWords(
      "C05", "末段终点", formula: "b_n = P_max,available",
      finding: "末段终点不等于最大可用出力", advice: "延长或缩短末段，或登记检修"),
    CheckWords(
      "C06", "段宽", formula: "b_k − a_k ≥ max(w_abs, w_rel · X)",
      finding: "报价段过窄", advice: "加宽或与相邻段合并"),
    CheckWords(
      "C07", "报价上下限", formula: "floor ≤ p_k ≤ cap",
      finding: "报价超出申报价格上下限", advice: "把价格调到上下限以内"),
    CheckWords(
      "C08", "储能充放不交叉", formula: "p_dis,1 ≥ p_chg,last / η + wear",
      finding: "放电报价低于充电成本", advice: "提高放电价或降低充电价"),
    CheckWords(
      "C09", "相邻同价", formula: "p_k ≠ p_{k−1} unless allowed",
      finding: "相邻段价格相同", advice: "合并两段或拉开价格"),
    CheckWords(
      "C10", "曲线形式", formula: "form = pack form",
      finding: "曲线形式与市场不符", advice: "按市场形式重新制作报价"),
    CheckWords(
      "C11", "锁定价格带", formula: "p_k = locked_k",
      finding: "改报时改动了已锁定的价格带", advice: "恢复价格，只改出力"),
    CheckWords(
      "C12", "块交易关系", formula: "parents exist, no cycle, Σ ratio ≤ 1, 0 < MAR ≤ 1",
      finding: "块交易的父子或互斥关系无效", advice: "更正父块、组内比例或最小成交比例"),
  ]

  static let physical: [CheckWords] = [
    CheckWords(
      "P01", "可用容量", formula: "P_bid ≤ P_rated − derate",
      finding: "报价超过检修后的可用容量", advice: "降低末段，或更正检修票"),
    CheckWords(
      "P02", "容量口径一致", formula: "bid = declaration = disclosure",
      finding: "报价、容量申报与披露不一致", advice: "统一三处数字"),
    CheckWords(
      "P03", "最小出力与供热", formula: "P_min,bid ≥ max(P_deep, P_heat)",
      finding: "报价低于最小出力或供热要求", advice: "把首点提高到最小出力"),
    CheckWords(
      "P04", "爬坡", formula: "−r_dn Δ ≤ P_t − P_{t−1} ≤ r_up Δ",
      finding: "计划出力变化超过爬坡能力", advice: "把变化分摊到更多时段"),
    CheckWords(
      "P05", "启动时间", formula: "t_on − t_order ≥ notice(off time)",
      finding: "启动准备时间不足", advice: "推迟并网或提前下令"),
    CheckWords(
      "P06", "最小运行时间", formula: "run ≥ T_up",
      finding: "运行时间短于最小运行时间", advice: "延长运行或不启动"),
    CheckWords(
      "P07", "最小停机时间", formula: "off ≥ T_down; declared T ≤ bound",
      finding: "停机时间过短或申报值超过上限", advice: "推迟启动，或按上限申报"),
    CheckWords(
      "P08", "启动次数", formula: "Σ v_t ≤ N_u; Σ_plant ≤ N_plant",
      finding: "启动次数超过限制", advice: "合并运行段或改日启动"),
    CheckWords(
      "P09", "备用预留", formula: "P_min + R_dn ≤ P_t ≤ P_max − R_up",
      finding: "计划未留足备用", advice: "调整计划或退出备用"),
    CheckWords(
      "P10", "储能电量", formula: "SOC_t ∈ [min, max]",
      finding: "荷电状态越限", advice: "减少放电或充电"),
    CheckWords(
      "P11", "储能循环次数", formula: "Σ(d/η_d + η_c c)Δ / 2E ≤ N",
      finding: "循环次数超过合同", advice: "减少充放电量"),
    CheckWords(
      "P12", "新能源报量", formula: "q_t ≤ f_t",
      finding: "报量超过预测", advice: "把报量降到预测以内"),
    CheckWords(
      "P13", "厂用电", formula: "net = gross · (1 − aux)",
      finding: "厂用电率为零，毛电量被当作净电量", advice: "在登记册中填写厂用电率"),
    CheckWords(
      "P14", "禁止运行区", formula: "P ∉ forbidden band",
      finding: "计划落在禁止运行区", advice: "改到区间边界运行"),
  ]
}
