//! Tells Tauri where the capabilities lie and which commands the page may ask for.

#[path = "src/command_names.rs"]
mod command_names;

fn main() {
    println!("cargo::rerun-if-changed=src-tauri/capabilities");
    println!("cargo::rerun-if-changed=ui/dist");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        // Declared commands are refused to every webview whose capability does not list them.
        .app_manifest(tauri_build::AppManifest::new().commands(command_names::COMMANDS));
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo::error={error:#}");
        std::process::exit(1);
    }
}
