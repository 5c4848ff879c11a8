//! The screen as a user has it: a key goes in at the X server, and comes out as pixels.

use std::thread::sleep;
use std::time::{Duration, Instant};

use slipway_window::PATIENCE;
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::damage::{ConnectionExt as _, ReportLevel};
use x11rb::protocol::xproto::{
    ConnectionExt as _, ImageFormat, KEY_PRESS_EVENT, KEY_RELEASE_EVENT, Keycode, Keysym, Window,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::machine;

/// How long nothing may have been drawn before a key is pressed, so that what follows is the key's: longer
/// than lists of proposals and marks wait for a pause in typing.
const REST: Duration = Duration::from_millis(200);

/// How often the screen is looked at.
const LOOK: Duration = Duration::from_micros(200);

const RETURN: Keysym = 0xff0d;
const SHIFT: Keysym = 0xffe1;

/// A display's screen and keyboard.
pub struct Screen {
    server: RustConnection,
    root: Window,
}

/// A rectangle of the screen, in pixels: left, top, width, height.
pub type Place = [i16; 4];

impl Screen {
    /// Watches the display of this name, `:99` say.
    pub fn watch(display: &str) -> Screen {
        let (server, number) = RustConnection::connect(Some(display)).expect("the X server");
        let root = server.setup().roots[number].root;
        server.damage_query_version(1, 1).unwrap().reply().unwrap();
        let damage = server.generate_id().unwrap();
        let made = server.damage_create(damage, root, ReportLevel::RAW_RECTANGLES);
        made.unwrap().check().unwrap();
        Screen { server, root }
    }

    /// Presses a key, and answers how long it took until it changed anything in `place`, in milliseconds. The screen
    /// must be at rest. A line break is Enter.
    pub fn press(&self, key: char, place: Place) -> f64 {
        let symbol = if key == '\n' {
            RETURN
        } else {
            Keysym::from(key)
        };
        let (code, shifted) = self.code(symbol);
        let (shift, _) = self.code(SHIFT);
        if shifted {
            // Long before the letter, as hands do.
            self.fake(KEY_PRESS_EVENT, shift);
            self.rest();
        }
        let before = self.pixels(place);
        let pressed = Instant::now();
        self.fake(KEY_PRESS_EVENT, code);
        let seen = loop {
            assert!(pressed.elapsed() < PATIENCE, "{key:?} changes nothing");
            let drawn = self.drawn();
            let now = Instant::now();
            if drawn && self.pixels(place) != before {
                break now;
            }
            sleep(LOOK);
        };
        self.fake(KEY_RELEASE_EVENT, code);
        if shifted {
            self.fake(KEY_RELEASE_EVENT, shift);
        }
        (seen - pressed).as_secs_f64() * 1_000.0
    }

    /// Presses and releases Shift, which does nothing by itself; answers when it was pressed, in milliseconds since
    /// 1970.
    pub fn tap_shift(&self) -> f64 {
        let (shift, _) = self.code(SHIFT);
        let pressed = machine::now();
        self.fake(KEY_PRESS_EVENT, shift);
        self.fake(KEY_RELEASE_EVENT, shift);
        pressed
    }

    /// Waits until nothing has been drawn for a while: each key's change is its own then.
    pub fn rest(&self) {
        let mut last = Instant::now();
        while last.elapsed() < REST {
            if self.drawn() {
                last = Instant::now();
            }
            sleep(LOOK);
        }
    }

    /// Whether anything was drawn since this was last asked.
    fn drawn(&self) -> bool {
        let mut drawn = false;
        while let Some(event) = self.server.poll_for_event().unwrap() {
            drawn |= matches!(event, Event::DamageNotify(_));
        }
        drawn
    }

    fn pixels(&self, [left, top, width, height]: Place) -> Vec<u8> {
        let (width, height) = (width.unsigned_abs(), height.unsigned_abs());
        let asked = self.server.get_image(
            ImageFormat::Z_PIXMAP,
            self.root,
            left,
            top,
            width,
            height,
            u32::MAX,
        );
        asked.unwrap().reply().unwrap().data
    }

    fn fake(&self, kind: u8, code: Keycode) {
        let asked = self
            .server
            .xtest_fake_input(kind, code, 0, self.root, 0, 0, 0);
        asked.unwrap().check().unwrap();
    }

    /// The key that writes this, and whether Shift is to be held.
    fn code(&self, symbol: Keysym) -> (Keycode, bool) {
        let setup = self.server.setup();
        let (first, last) = (setup.min_keycode, setup.max_keycode);
        let asked = self.server.get_keyboard_mapping(first, last - first + 1);
        let map = asked.unwrap().reply().unwrap();
        let columns = usize::from(map.keysyms_per_keycode);
        let at = map
            .keysyms
            .iter()
            .position(|&it| it == symbol)
            .expect("a key for each letter");
        let code = first + u8::try_from(at / columns).unwrap();
        (code, at % columns == 1)
    }
}
