/// The look of an evaluation's page beside that of the day's page: lines of models, shades of significance, and dark.
let evaluationPageStyle = """
  h1{font-size:26px}
  .charts-two{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,560px),1fr));gap:8px 28px}
  .charts-small{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,300px),1fr));gap:8px 20px}
  .charts-square{display:grid;grid-template-columns:repeat(auto-fit,minmax(320px,460px));gap:8px 28px}
  .evaluation .headline{grid-template-columns:repeat(auto-fit,minmax(190px,1fr))}
  .combined>*{font-weight:700;background:var(--soft)}
  .published td:first-child{color:var(--quiet)}
  path.actual{stroke:var(--standard);stroke-width:1.9}
  .swatch.actual{height:0;border-top:3px solid var(--standard)}
  path.target,line.target{stroke:var(--quiet);stroke-width:1.2;stroke-dasharray:5 4}
  rect.pit{fill:var(--blue);fill-opacity:.75}
  path.line-1{stroke:var(--ink);stroke-width:2.6}
  path.line-2{stroke:#0072b2;stroke-width:1.7}
  path.line-3{stroke:#d55e00;stroke-width:1.7;stroke-dasharray:7 3}
  path.line-4{stroke:#009e73;stroke-width:1.7}
  path.line-5{stroke:#cc79a7;stroke-width:1.7;stroke-dasharray:7 3}
  path.line-6{stroke:#b8860b;stroke-width:1.7;stroke-dasharray:2 3}
  path.line-7{stroke:#7a8791;stroke-width:1.7;stroke-dasharray:2 3}
  .swatch.line-1,.swatch.line-2,.swatch.line-3,.swatch.line-4,.swatch.line-5,.swatch.line-6,.swatch.line-7{height:0}
  .swatch.line-1{border-top:3px solid var(--ink)}
  .swatch.line-2{border-top:2px solid #0072b2}
  .swatch.line-3{border-top:2px dashed #d55e00}
  .swatch.line-4{border-top:2px solid #009e73}
  .swatch.line-5{border-top:2px dashed #cc79a7}
  .swatch.line-6{border-top:2px dotted #b8860b}
  .swatch.line-7{border-top:2px dotted #7a8791}
  .matrix th,.matrix td{font-size:12px;text-align:right;white-space:nowrap;padding:2px 6px}
  .matrix th:first-child{text-align:left}
  .p-1{background:#9bc7e6;font-weight:700}.p-5{background:#cfe4f3}.p-10{background:#eaf3fa}
  @media (prefers-color-scheme:dark){
  :root{--ink:#e7edf2;--quiet:#9db0be;--line:#34424e;--soft:#1b252e;--blue:#5ab4ec;--red:#ff8a80;
  --standard:#ff9d57;--green:#4fd0ae;--amber:#e8b04b}
  body{background:#10171d}
  a{color:#7cc4f5}
  th,td{border-bottom-color:#26323c}
  thead th,.pinned{background:#10171d}
  tbody tr:hover>*{background-color:#22303b}
  .grid{stroke:#26323c}.zero,.axis,.frame{stroke:#5b6b77}
  path.band-1{fill:#1c3346}path.band-2{fill:#25506f}path.band-3{fill:#35759f}
  .swatch.band-1{background:#1c3346}.swatch.band-2{background:#25506f}.swatch.band-3{background:#35759f}
  path.expected{stroke:#eaf4fb}.swatch.expected{border-top-color:#eaf4fb}
  rect.reading:hover{fill:#fff;fill-opacity:.12}
  path.line-2{stroke:#5ab4ec}.swatch.line-2{border-top-color:#5ab4ec}
  .p-1{background:#1f5f8d}.p-5{background:#1b435f}.p-10{background:#1b3040}
  }
  @media print{.charts-two,.charts-square{grid-template-columns:repeat(2,1fr)}}
  """
