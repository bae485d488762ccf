/** All of it lives in a shadow root; `:host` starts from nothing so that the page's rules do not leak in. */
export const styles = `
:host{all:initial;--c:#1f6feb;--t:#fff;--r:18px}
*{box-sizing:border-box}
.b{position:fixed;bottom:20px;inset-inline-end:20px;z-index:2147483000;display:flex;align-items:center;gap:8px;min-width:56px;height:56px;
padding:0 16px;border:0;border-radius:calc(var(--r)*1.56);background:var(--c);color:var(--t);font:600 15px/1.2 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;
cursor:pointer;box-shadow:0 4px 16px #0003}
.b:focus-visible,.x:focus-visible,.m:focus-visible{outline:3px solid var(--c);outline-offset:3px}
.b svg{width:24px;height:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round}
.n{position:absolute;top:-4px;inset-inline-end:-4px;min-width:22px;height:22px;padding:0 6px;border-radius:11px;background:#c81e1e;color:#fff;font-size:13px;
line-height:22px;text-align:center}
.f{position:fixed;bottom:88px;inset-inline-end:20px;z-index:2147483000;width:380px;height:min(660px,calc(100vh - 108px));border-radius:calc(var(--r)*.9);overflow:hidden;
box-shadow:0 8px 40px #0004;background:Canvas}
.f iframe{display:block;width:100%;height:100%;border:0;color-scheme:normal}
.p{position:fixed;bottom:88px;inset-inline-end:20px;z-index:2147483000;display:flex;max-width:min(320px,calc(100vw - 40px));border-radius:calc(var(--r)*.78);box-shadow:0 4px 20px #0003}
.m,.x{border:0;background:#fff;color:#1b1f24;font:15px/1.5 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;cursor:pointer;text-align:start}
.m{padding:12px 0 12px 16px;border-start-start-radius:inherit;border-end-start-radius:inherit;overflow:hidden;display:-webkit-box;-webkit-line-clamp:3;-webkit-box-orient:vertical;overflow-wrap:anywhere}
.x{width:44px;border-start-end-radius:inherit;border-end-end-radius:inherit}
.left .b,.left .f,.left .p{inset-inline:20px auto}
[hidden]{display:none!important}
@media (max-width:480px),(max-height:480px){.f{inset:0!important;width:auto;height:100%;border-radius:0}.open .b{display:none}}
@media print{div{display:none}}
`
