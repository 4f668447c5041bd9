/// The look of the page: light, printable, and told by shape and lightness as well as by colour.
///
/// Blue (#0072b2), vermilion (#c0500c) and bluish green (#00735c) are of Okabe and Ito's set for colour-blind readers,
/// darkened to be read as text on white.
let dayPageStyle = pageStyle + chartStyle + printStyle

private let pageStyle = """
  :root{--ink:#17212b;--quiet:#5a6773;--line:#d5dbe1;--soft:#f4f6f8;--blue:#0072b2;--red:#b3261e;
  --standard:#a8480b;--green:#00735c;--amber:#8f5b00}
  *{box-sizing:border-box}
  html{scroll-padding-top:48px}
  body{margin:0;color:var(--ink);background:#fff;font:14px/1.4 "Helvetica Neue",Arial,"Liberation Sans",
  "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;font-variant-numeric:tabular-nums}
  header,main{max-width:1880px;margin:0 auto;padding:0 24px}
  .banner{padding:10px 24px;text-align:center;color:#fff;font-size:15px;
  background:repeating-linear-gradient(45deg,#8d1f18 0 18px,#a52a22 18px 36px)}
  .banner b{font-size:20px;letter-spacing:.12em;margin-right:12px}
  .title{display:flex;flex-wrap:wrap;gap:6px 40px;align-items:baseline;padding-top:14px}
  h1{display:inline;font-size:30px;margin:0}
  .weekday{margin-left:10px;font-size:18px;color:var(--quiet)}
  .facts{display:flex;flex-wrap:wrap;gap:2px 28px;margin:0}
  .facts dt{color:var(--quiet);font-size:12px}
  .facts dd{margin:0;font-weight:600}
  .headline{display:grid;grid-template-columns:1fr 1fr 1.3fr;gap:16px;margin:14px 0 10px}
  .card{border:1px solid var(--line);border-radius:6px;padding:10px 16px;background:var(--soft)}
  .card h3{margin:0 0 2px;font-size:13px;font-weight:600;color:var(--quiet)}
  .card p{margin:0}
  .big{font-size:36px;font-weight:700;line-height:1.15}
  .below{color:var(--quiet)}
  .gain{color:var(--blue);fill:var(--blue)}
  .loss{color:var(--standard);fill:var(--standard)}
  .lamp{display:flex;gap:8px;align-items:baseline;margin:0}
  .lamp i{font-style:normal;flex:none;width:14px;text-align:center}
  .green i{color:#008f70}.amber i{color:#d98a00}.red i{color:var(--red)}.off i{color:#9aa5af}
  .green b{color:var(--green)}.amber b{color:var(--amber)}.red b{color:var(--red)}
  .off b{color:var(--quiet);font-weight:400}
  .lamps .lamp{font-size:19px;margin-top:4px}
  .lamps .lamp i{width:22px;font-size:22px}
  .lamps .lamp small{display:block;color:var(--quiet);font-size:13px}
  .attention{margin:0 0 8px;padding:6px 12px;border-left:4px solid #d98a00;background:#fff8ea}
  nav{display:flex;flex-wrap:wrap;gap:4px 20px;border-bottom:1px solid var(--line);padding:8px 0}
  a{color:#005a8f}
  section{padding-top:18px}
  h2{font-size:19px;margin:0 0 8px;border-bottom:2px solid var(--ink);padding-bottom:3px}
  h2 small{font-size:13px;font-weight:400;color:var(--quiet);margin-left:10px}
  section h3{font-size:15px;margin:14px 0 4px}
  .quiet{color:var(--quiet)}
  .legend{display:flex;flex-wrap:wrap;gap:4px 20px;margin:4px 0;font-size:13px}
  .key{display:inline-flex;gap:6px;align-items:center}
  .scroll{overflow-x:auto}
  table{border-collapse:separate;border-spacing:0}
  th,td{padding:3px 7px;text-align:left;vertical-align:top;border-bottom:1px solid #e8ecef}
  th{font-weight:600}
  .figure{text-align:right;white-space:nowrap}
  .nowrap{white-space:nowrap}
  .pinned{position:sticky;left:0;z-index:1;background:#fff;border-right:1px solid var(--line);white-space:nowrap}
  thead th{color:var(--quiet);font-size:12px;vertical-align:bottom;background:#fff}
  tbody tr:hover>*{background-color:#eef4f9}
  .segments{font-size:13px}
  .segments th,.segments td{padding:3px 6px;text-align:right;white-space:nowrap}
  .segments .pinned{text-align:center;background:var(--soft)}
  .segments .plant{text-align:center;color:#fff;background:#43535f;border-left:2px solid #fff;font-size:13px}
  .segments .unit-name{text-align:center;color:var(--ink);font-size:13px;background:var(--soft)}
  .segments .unit-name small{display:block;font-weight:400;color:var(--quiet)}
  .segments .plant-edge{border-left:2px solid #43535f}
  .segments .unit-edge{border-left:1px solid var(--line)}
  .segments .price{font-weight:600}
  .offers>input,.chart-block>input{margin:0 5px 0 0;vertical-align:middle}
  .offers>label,.chart-block>label{margin-right:18px;cursor:pointer;font-size:13px}
  #offer-optimised:checked~.standard-table,#offer-standard:checked~.optimised-table{display:none}
  .plain{font-size:13px}
  .plain td small{color:var(--quiet)}
  .plain .group{text-align:center;border-left:1px solid var(--line);color:var(--ink)}
  .plain .group:first-child{border-left:0}
  .group-start{border-left:1px solid var(--line)}
  .results{width:100%}
  .range{display:block;white-space:nowrap;font-size:11.5px}
  .results .lights small,.checks .code{font-size:12px}
  .lights{min-width:150px}
  .checks .lights{min-width:110px}
  .checks .remark{max-width:640px}
  .check-red td{background:#fdeceb}.check-amber td{background:#fff8ea}
  .unknown{color:var(--amber);font-weight:700}
  .total>*{border-top:2px solid var(--ink);font-weight:700}
  .code{font-family:"Liberation Mono","DejaVu Sans Mono",Menlo,Consolas,monospace;font-size:12px;white-space:nowrap}
  .bar{width:60px;height:10px;margin-right:6px;vertical-align:middle}
  .bar line{stroke:#8b97a1;stroke-width:1}
  details{border-bottom:1px solid var(--line);padding:4px 0}
  summary{cursor:pointer}
  .columns-two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:0 40px}
  .provenance{display:grid;grid-template-columns:max-content 1fr;gap:2px 16px;margin:0;font-size:13px}
  .provenance dt{color:var(--quiet)}
  .provenance dd{margin:0;overflow-wrap:anywhere}
  .notes,.violations{margin:0;padding-left:18px}
  main{padding-bottom:40px}

  """

private let chartStyle = """
  .chart{display:block;width:100%;height:auto;font-size:12px}
  .chart text{fill:var(--ink)}
  .chart .unit{fill:var(--quiet)}
  .chart .limit{font-size:10.5px;fill:var(--blue);font-weight:600}
  .small-tick,.alert{font-size:10.5px}
  .chart .alert{fill:var(--red);font-weight:600}
  .grid{stroke:#e3e8ec;stroke-width:1}
  .zero{stroke:#8b97a1;stroke-width:1}
  .axis{stroke:#8b97a1;stroke-width:1}
  .frame{fill:none;stroke:#8b97a1;stroke-width:1}
  path{fill:none;stroke-linejoin:round}
  path.band{stroke:none}
  path.band-1{fill:#dcebf5}path.band-2{fill:#add0e8}path.band-3{fill:#74afd8}
  path.expected{stroke:#0a2e4a;stroke-width:2.4}
  path.yesterday{stroke:var(--standard);stroke-width:1.8;stroke-dasharray:2 3.5}
  path.scenario{stroke:#555;stroke-width:.8;opacity:.55}
  #show-scenarios:not(:checked)~svg .scenario{display:none}
  rect.reading{fill:transparent}
  rect.reading:hover{fill:#17212b;fill-opacity:.1}
  rect.block:hover{stroke:#17212b;stroke-width:1.5}
  rect.price-shade{fill:#c9b458}
  path.optimised{stroke:var(--blue);stroke-width:2.2}
  path.standard{stroke:var(--standard);stroke-width:1.7;stroke-dasharray:5 3}
  path.marginal-cost{stroke:#17212b;stroke-width:1.2;stroke-dasharray:1.2 1.8}
  path.fleet-area{fill:#dcebf5}
  .curves{display:grid;grid-template-columns:repeat(auto-fill,minmax(285px,1fr));gap:10px 14px}
  .curve{margin:0;border:1px solid var(--line);border-radius:4px;padding:5px 6px 0}
  .curve figcaption{display:flex;justify-content:space-between;font-size:13px}
  .readout{margin:2px 0 0;padding:4px 10px;background:var(--soft);font-size:13px;min-height:27px}
  .swatch{display:inline-block;width:24px;height:12px}
  .swatch.band-1{background:#dcebf5}.swatch.band-2{background:#add0e8}.swatch.band-3{background:#74afd8}
  .swatch.expected,.swatch.optimised,.swatch.standard,.swatch.yesterday,.swatch.marginal-cost{height:0}
  .swatch.expected{border-top:3px solid #0a2e4a}
  .swatch.optimised{border-top:3px solid var(--blue)}
  .swatch.standard{border-top:2px dashed var(--standard)}
  .swatch.yesterday{border-top:2px dotted var(--standard)}
  .swatch.marginal-cost{border-top:2px dotted #17212b}
  .swatch.price-shade{background:linear-gradient(90deg,rgba(201,180,88,.1),rgba(201,180,88,.7))}
  .swatch.empty{border:1px solid #8b97a1}

  """

private let printStyle = """
  @page{size:A3 landscape;margin:10mm}
  @media print{
  *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
  body{font-size:11px}
  nav,.offers>input,.offers>label,.chart-block>input,.chart-block>label,.readout{display:none}
  .optimised-table,.standard-table{display:block!important}
  .scroll{overflow:visible}
  .pinned{position:static}
  .segments,.segments .plant,.segments .unit-name{font-size:7px}
  .segments th,.segments td{padding:1px 2px}
  .curves{grid-template-columns:repeat(6,1fr)}
  .curve,.card,tr,.chart{break-inside:avoid}
  h2,h3{break-after:avoid}
  }
  """

/// Shows under a chart what the pointer rests on, at once; the page is complete without it.
let dayPageScript = """
  document.querySelectorAll('.chart-block').forEach(function(block){
    var line=block.querySelector('.readout');
    if(!line){return;}
    line.hidden=false;
    block.addEventListener('mouseover',function(event){
      var title=event.target.querySelector&&event.target.tagName==='rect'?event.target.querySelector('title'):null;
      if(title){line.textContent=title.textContent;}
    });
  });
  """
