#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

use slipway_engine::model::{Change, ImageRow};

use super::{Hub, ROWS_PER_PIECE};

fn image(number: usize, size: u64) -> ImageRow {
    ImageRow {
        id: format!("sha256:{number:064}"),
        tags: Vec::new(),
        digests: Vec::new(),
        size,
        created: 0,
    }
}

fn images(reset: bool, changed: Vec<ImageRow>, removed: &[usize]) -> Change {
    let removed = removed.iter().map(|number| image(*number, 0).id).collect();
    Change::Images {
        reset,
        changed,
        removed,
    }
}

#[tokio::test]
async fn a_new_stream_begins_with_all_that_is_known() {
    let hub = Hub::default();
    hub.publish(&images(true, vec![image(1, 10), image(2, 20)], &[]));
    hub.publish(&images(false, vec![image(3, 30)], &[1]));
    let piece = hub.subscribe(1).next().await;
    assert_eq!(piece, [images(true, vec![image(2, 20), image(3, 30)], &[])]);
}

#[tokio::test]
async fn what_is_overtaken_before_the_page_asks_is_not_sent() {
    let hub = Hub::default();
    let stream = hub.subscribe(1);
    for size in 0..1_000 {
        hub.publish(&images(false, vec![image(1, size)], &[]));
    }
    hub.publish(&images(false, vec![image(2, 1)], &[]));
    hub.publish(&images(false, vec![], &[2]));
    assert_eq!(
        stream.next().await,
        [images(false, vec![image(1, 999)], &[2])]
    );
}

#[tokio::test]
async fn another_engine_begins_without_the_lists_of_the_one_before() {
    let hub = Hub::default();
    let engines = |current: &str| Change::Engines {
        engines: Vec::new(),
        current: Some(current.to_owned()),
    };
    hub.publish(&engines("one"));
    hub.publish(&images(true, vec![image(1, 10)], &[]));
    hub.publish(&engines("one"));
    assert_eq!(
        hub.subscribe(1).next().await.len(),
        2,
        "the same engine keeps its lists"
    );
    hub.publish(&engines("two"));
    assert_eq!(hub.subscribe(2).next().await, [engines("two")]);
}

#[tokio::test]
async fn a_removed_row_that_comes_back_is_a_change() {
    let hub = Hub::default();
    let stream = hub.subscribe(1);
    hub.publish(&images(false, vec![], &[1]));
    hub.publish(&images(false, vec![image(1, 5)], &[]));
    assert_eq!(stream.next().await, [images(false, vec![image(1, 5)], &[])]);
}

#[tokio::test]
async fn a_long_list_comes_in_pieces_and_only_the_first_resets() {
    let hub = Hub::default();
    let rows: Vec<_> = (0..ROWS_PER_PIECE * 2 + 7)
        .map(|number| image(number, 1))
        .collect();
    hub.publish(&images(true, rows.clone(), &[]));
    let stream = hub.subscribe(1);
    let mut got = Vec::new();
    for round in 0..3 {
        let piece = stream.next().await;
        let [Change::Images { reset, changed, .. }] = piece.as_slice() else {
            panic!("one list in a piece, not {piece:?}");
        };
        assert_eq!(
            *reset,
            round == 0,
            "only the first piece forgets what was known"
        );
        got.extend(changed.clone());
    }
    assert_eq!(got, rows);
}

#[tokio::test]
async fn a_change_between_two_questions_wakes_the_second() {
    let hub = std::sync::Arc::new(Hub::default());
    let stream = hub.subscribe(1);
    let publisher = std::sync::Arc::clone(&hub);
    let waiting = tokio::spawn(async move { stream.next().await });
    tokio::task::yield_now().await;
    publisher.publish(&images(false, vec![image(1, 1)], &[]));
    assert_eq!(
        waiting.await.unwrap(),
        [images(false, vec![image(1, 1)], &[])]
    );
}
