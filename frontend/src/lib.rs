//! The WebAssembly entry point: hooks the panic reporter and takes over the server's HTML.

/// Called by the page's script once the module is there, with what the roles are called where they are
/// called otherwise than usual.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate(roles: &str) {
    app::call_roles(roles.lines());
    console_error_panic_hook::set_once();
    leptos::mount::hydrate_lazy(app::App);
}
