extension CheckWords {
  static let environment: [CheckWords] = [
    CheckWords(
      "E01", "存煤天数", formula: "stock / Σ(E b/1000 · 7000/Q) ≥ D_min",
      finding: "存煤天数不足", advice: "补煤或降低计划电量"),
    CheckWords(
      "E02", "煤质", formula: "Q_net ≥ Q_min, else b_n ≤ derated",
      finding: "煤质低于保证值仍按满发报价", advice: "按降额出力报价或换煤"),
    CheckWords(
      "E03", "供热义务", formula: "Q_served ≥ Q_contract",
      finding: "供热量低于合同", advice: "保持机组运行或安排替代热源"),
    CheckWords(
      "E04", "供热最小方式", formula: "filed = bid",
      finding: "报价的最小供热方式与备案不一致", advice: "按备案方式报价或重新备案"),
    CheckWords(
      "E05", "排放配额", formula: "emitted ≤ quota · t/T + margin",
      finding: "排放进度超前", advice: "减少发电或提高脱除效率"),
    CheckWords(
      "E06", "碳配额", formula: "allowances ≥ emissions · α",
      finding: "碳配额不足", advice: "购买配额"),
    CheckWords(
      "E07", "耗煤总量", formula: "burned ≤ cap",
      finding: "耗煤超过年度上限", advice: "停机或申请调整"),
    CheckWords(
      "E08", "物料库存", formula: "days ≥ minimum",
      finding: "石灰石、液氨或水的库存不足", advice: "补充库存"),
  ]

  static let position: [CheckWords] = [
    CheckWords(
      "R01", "合同覆盖率", formula: "c_lo ≤ Q_MLT / Q_net ≤ c_hi",
      finding: "中长期合同覆盖率越限", advice: "增减中长期合同"),
    CheckWords(
      "R02", "合同超发", formula: "Q_MLT,t ≤ P_max Δ and ≤ expected",
      finding: "合同电量超过机组能力或预计出力", advice: "转让该时段合同"),
    CheckWords(
      "R03", "分时覆盖率", formula: "c_lo ≤ coverage_t ≤ c_hi",
      finding: "分时段合同覆盖率越限", advice: "调整合同曲线"),
    CheckWords(
      "R04", "价差敞口", formula: "Σ|Q_DA − E[Q]| · σ ≤ limit",
      finding: "日前与实时价差敞口超限", advice: "把日前电量调近预计电量"),
    CheckWords(
      "R05", "尾部损失", formula: "CVaR_95 ≤ budget",
      finding: "尾部损失超过预算", advice: "减少敞口或对冲"),
    CheckWords(
      "R06", "售电匹配", formula: "max|L − (MLT+DA)| / L ≤ band",
      finding: "售电侧电量缺口或过剩", advice: "补足或卖出差额"),
    CheckWords(
      "R07", "信用额度", formula: "exposure ≤ k · guarantee",
      finding: "信用敞口超过保函额度", advice: "追加保函或减少申报"),
    CheckWords(
      "R08", "机制电量", formula: "Q_mech ≤ allowed; none sold twice",
      finding: "机制电量超额或重复签约", advice: "取消重复部分"),
    CheckWords(
      "R09", "绿证", formula: "sold + mechanism ≤ generated",
      finding: "绿证超卖", advice: "撤回超出的绿证"),
    CheckWords(
      "R10", "偏差", formula: "Σ|Q_DA − Q_A| / ΣQ_A ≤ band",
      finding: "偏差超过允许范围", advice: "查明偏差原因并修正预测"),
  ]

  static let conduct: [CheckWords] = [
    CheckWords(
      "M01", "剩余供给指数", formula: "RSI = (ΣQ − Q_g)/(S + R) ≥ ref",
      finding: "集团为关键供应商", advice: "按参考价报价，并备好成本依据"),
    CheckWords(
      "M02", "三寡头", formula: "(S − S_g − S_top2)/D ≥ 1",
      finding: "三家联合为关键供应商", advice: "预计报价会被替换，备好成本依据"),
    CheckWords(
      "M03", "参考价上限", formula: "p_k ≤ P_ref unless cost file",
      finding: "报价高于参考价且无成本文件", advice: "降到参考价或附成本文件"),
    CheckWords(
      "M04", "经济持留", formula: "Σ w_k [p_k > θ MC] / P ≤ x",
      finding: "高价容量占比过大", advice: "把部分容量降到成本倍数以内"),
    CheckWords(
      "M05", "物理持留", formula: "(P_rated − derate − b_n)/P_rated ≤ x",
      finding: "无检修票而未报出容量", advice: "报足容量或登记检修"),
    CheckWords(
      "M06", "行为测试", formula: "p_k ≤ ref + min(x·ref, y)",
      finding: "报价超过参考价加允许幅度", advice: "把价格降到允许幅度以内"),
    CheckWords(
      "M07", "影响测试", formula: "P(bids) − P(refs) ≤ z",
      finding: "报价抬高出清价超过允许值", advice: "降低抬价的报价段"),
    CheckWords(
      "M08", "报价相似度", formula: "W_ij ≤ w_max",
      finding: "与其他集团机组报价过于相似", advice: "停止提交并由合规部门核查"),
    CheckWords(
      "M09", "形状突变", formula: "D(curve, usual) ≤ x unless reason",
      finding: "报价形状突变且无原因", advice: "登记燃料、检修等原因或恢复形状"),
    CheckWords(
      "M10", "参数频繁变更", formula: "changes in the window ≤ n",
      finding: "运行参数变更过于频繁", advice: "停止变更并书面说明"),
    CheckWords(
      "M11", "发售隔离", formula: "no retail or affiliate entry on unit bids",
      finding: "售电或关联部门查看了机组报价", advice: "撤销权限并报告"),
  ]

  static let process: [CheckWords] = [
    CheckWords(
      "D01", "截止时间阶梯", formula: "T−60, T−30, T−10; frozen; submitter present",
      finding: "临近截止仍未冻结或无人提交", advice: "冻结草稿并指定提交人"),
    CheckWords(
      "D02", "数据时效", formula: "now − asOf ≤ max age",
      finding: "数据过旧", advice: "刷新数据后重新计算"),
    CheckWords(
      "D03", "预测合理性", formula: "low ≤ f_t ≤ high; not frozen",
      finding: "预测越界或数值冻结", advice: "检查数据源"),
    CheckWords(
      "D04", "信息泄漏", formula: "availableAt ≤ decision time",
      finding: "使用了决策时尚未公布的数据", advice: "删除该特征并重新计算"),
    CheckWords(
      "D05", "审批分离", formula: "maker ≠ checker; override has a reason",
      finding: "编制与审核为同一人或越权无理由", advice: "由另一人审核并填写理由"),
    CheckWords(
      "D06", "封存", formula: "hash(submitted) = hash(approved); receipt stored",
      finding: "提交内容与批准内容不一致", advice: "重新审批后提交并保存回执"),
    CheckWords(
      "D07", "平台回读", formula: "shown = sent",
      finding: "平台显示与提交不一致", advice: "更正平台内容"),
    CheckWords(
      "D08", "结果完整", formula: "quantities = prices = intervals",
      finding: "出清结果不完整", advice: "重新下载结果"),
    CheckWords(
      "D09", "结算核对", formula: "|Δ| ≤ max(amount, share · own)",
      finding: "结算单与自算结果不符", advice: "在争议期内提出异议"),
    CheckWords(
      "D10", "争议期与规则变更", formula: "days ≤ window; all changes read",
      finding: "争议期已过或规则变更未阅", advice: "立即处理结算单并阅读变更"),
  ]
}
