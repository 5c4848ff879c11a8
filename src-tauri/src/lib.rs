//! The app: windows, commands and state.
//!
//! It is thin on purpose. What docker's words mean is known in `slipway-action`, how engines behave in
//! `slipway-engine`; here is only what ties them to a window.
#![allow(
    clippy::result_large_err,
    clippy::large_enum_variant,
    reason = "problems and pasted commands are made one at a time, for a person; a box buys nothing"
)]

mod builds;
mod claim;
mod command_names;
mod commands;
mod desk;
mod disk;
mod graphics;
mod hub;
pub mod ipc;
mod looks;
mod one_thread;
mod preview;
mod settings;
mod state;
mod streams;
mod tasks;
mod terminal;
mod texts;
mod trail;
mod unlisted;
mod window;

use std::sync::Arc;

use slipway_engine::model::Change;
use slipway_engine::session::{Session, SessionConfig};
use slipway_engine::surroundings::Surroundings;
use tauri::webview::PageLoadEvent;
use tauri::{App, Manager, RunEvent};
use tauri_plugin_window_state::StateFlags;
use tokio_util::sync::CancellationToken;

pub use command_names::COMMANDS;
pub use trail::KEPT as TRAIL_KEPT;

/// Runs the app until its window is closed.
///
/// # Errors
/// When the system has no webview or no display, or the folders for settings and data cannot be found.
pub fn run() -> Result<(), tauri::Error> {
    graphics::settle();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(
            |app, _arguments, _folder| bring_forward(app),
        ))
        .plugin(
            // Its script would take the links of all pages, those in the preview, too, and may open none.
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_shell::init())
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
                .with_filter(|label| label == window::MAIN)
                .build(),
        )
        .invoke_handler(tauri::generate_handler![
            commands::actions::cancel,
            commands::builds::build,
            commands::builds::build_find,
            commands::builds::build_lines,
            commands::builds::build_save,
            commands::builds::build_text,
            commands::builds::builds_forget,
            commands::actions::check_port,
            commands::actions::image_facts,
            commands::actions::inspect,
            commands::actions::perform,
            commands::actions::render,
            commands::contexts::context_look,
            commands::contexts::context_paths,
            commands::contexts::context_sources,
            commands::contexts::dockerfile_check,
            commands::contexts::dockerfiles,
            commands::desk::desk,
            commands::desk::desk_arrange,
            commands::desk::desk_drop,
            commands::desk::desk_keep,
            commands::words::complete,
            commands::words::form,
            commands::words::help,
            commands::words::read,
            commands::reasons::how_it_ended,
            commands::reasons::why_no_page,
            commands::images::image_files,
            commands::images::image_layers,
            commands::trail::trail_clear,
            commands::trail::trail_export,
            commands::engines::choose_engine,
            commands::engines::look_for_engines,
            commands::engines::own_engine_log,
            commands::engines::own_engine_start,
            commands::engines::own_engine_stop,
            commands::engines::run_install,
            commands::files::open_url,
            commands::files::pick_file,
            commands::files::pick_folder,
            commands::preview::preview_bounds,
            commands::preview::preview_close,
            commands::preview::preview_go,
            commands::preview::preview_open,
            commands::preview::preview_window,
            commands::preview::probe,
            commands::start::settings_save,
            commands::start::start_up,
            commands::streams::stream_close,
            commands::streams::stream_next,
            commands::streams::stream_open,
            commands::texts::text_open,
            commands::texts::text_save,
            commands::texts::text_save_as,
            commands::texts::text_stamps,
        ])
        .on_page_load(|webview, load| {
            // A page that loads again has forgotten its streams and its preview.
            if webview.label() == window::MAIN && load.event() == PageLoadEvent::Started {
                if let Some(slipway) = webview.try_state::<state::Slipway>() {
                    slipway.streams.close_all();
                }
                if let Err(error) = preview::close(webview.app_handle()) {
                    tracing::warn!("the preview of the page before stays: {error}");
                }
            }
        })
        .setup(|app| Ok(set_up(app)?))
        .build(tauri::generate_context!())?;
    // Held until the process ends.
    let _claim = match claim::claim(&app.path().app_local_data_dir()?) {
        Ok(None) => {
            claim::say_that_it_runs();
            return Ok(());
        }
        Ok(claim) => claim,
        Err(error) => {
            tracing::warn!("another app could use the same data: {error}");
            None
        }
    };
    app.run(|app, event| {
        if let RunEvent::Exit = event {
            let slipway = app.state::<state::Slipway>();
            slipway.ended.cancel();
            slipway.streams.close_all();
        }
    });
    Ok(())
}

/// Gathers the state, connects, and opens the window.
fn set_up(app: &mut App) -> tauri::Result<()> {
    let settings = settings::SettingsFile::open(&app.path().app_config_dir()?);
    let hub = Arc::new(hub::Hub::default());
    let data_dir = app.path().app_local_data_dir()?;
    let (trail, earlier) = trail::TrailFile::open(&data_dir);
    let builds = Arc::new(builds::Builds::new(&data_dir));
    let desk = Arc::new(desk::DeskFolder::new(&data_dir));
    let last = earlier.last_id();
    let config = SessionConfig {
        surroundings: Surroundings::of_this_process(),
        data_dir,
        chosen: settings.get().engine,
    };
    // Whether the preview has a place is known when there is a window.
    let start = ipc::StartUp::new(settings.get(), false);
    let (session, mut changes) = tauri::async_runtime::block_on(async { Session::start(config) });
    let listener = Arc::clone(&hub);
    tauri::async_runtime::spawn(async move {
        while let Some(change) = changes.recv().await {
            listener.publish(&change);
        }
    });
    // The lists come first: what was done last week can wait for a few milliseconds.
    let (told, shell) = (Arc::clone(&hub), settings.get().shell);
    let history = Arc::clone(&builds);
    tauri::async_runtime::spawn_blocking(move || {
        history.read_history(shell);
        for task in earlier.into_tasks(shell) {
            told.publish(&Change::Task { task });
        }
    });
    app.manage(preview::Preview::default());
    app.manage(state::Slipway {
        tasks: Arc::new(tasks::Tasks::new(
            Arc::clone(&hub),
            trail,
            Arc::clone(&builds),
            last,
        )?),
        streams: streams::Streams::new(Arc::clone(&hub)),
        hub,
        session,
        settings,
        builds,
        desk,
        looks: looks::Looks::default(),
        checks: looks::Looks::default(),
        unlisted: unlisted::LastUnlisted::default(),
        ended: CancellationToken::new(),
    });
    let main = window::open(app, &start)?;
    preview::make_room(&main)?;
    window::show(&main, start.settings.theme)
}

/// A second start shows the window of the first.
fn bring_forward(app: &tauri::AppHandle) {
    let Some(main) = app.get_webview_window(window::MAIN) else {
        return;
    };
    for outcome in [main.unminimize(), main.show(), main.set_focus()] {
        if let Err(error) = outcome {
            tracing::warn!("the window does not come forward: {error}");
        }
    }
}
