//! Light, dark, or as the system says. The choice is kept by the browser alone.

use maud::{Markup, html};
use model::text::text;

/// Runs before the page is painted: puts the kept theme in place, says that scripts run, and has
/// the switch change both, from the first paint on.
#[cfg(feature = "ssr")]
pub const THEME_SCRIPT: &str = "(d=>{d.dataset.js='';const s=t=>{t?d.dataset.theme=t:delete d.dataset.theme};\
    try{s(localStorage.getItem('theme'))}catch{}\
    addEventListener('click',e=>{const b=e.target.closest('[data-set-theme]');if(!b)return;const t=b.dataset.setTheme;s(t);\
    try{t?localStorage.setItem('theme',t):localStorage.removeItem('theme')}catch{}})})(document.documentElement)";

/// Three buttons; only where scripts run.
pub fn theme_switch() -> Markup {
    let t = text();
    html! {
        div .theme.seg.js role="group" aria-label=(t.theme) {
            @for (value, label) in [("", t.theme_system), ("light", t.theme_light), ("dark", t.theme_dark)] {
                button type="button" data-set-theme=(value) { (label) }
            }
        }
    }
}
