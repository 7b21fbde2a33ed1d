//! Draws the figures with ECharts, through charming. In the browser only, and only in the chunk
//! that this page loads. The ECharts script itself is vendored and fetched when first needed.

use charming::component::{Axis, Grid};
use charming::element::{
    AreaStyle, AxisLabel, AxisLine, AxisTick, AxisType, Color, ItemStyle, LineStyle, LineStyleType,
    SplitLine, Tooltip, Trigger,
};
use charming::renderer::wasm_renderer::Echarts;
use charming::series::{Bar, Line};
use charming::{Chart, WasmRenderer};
use js_sys::{Array, Function, Promise, Reflect};
use leptos::prelude::{document, window};
use model::text::text;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::figure::{Figure, Mark};

const SCRIPT: &str = "/vendor/echarts-6.1.0.min.js";

/// Draws a figure into the element with this id, over what was there.
pub async fn draw(id: &str, figure: &Figure) -> Result<(), JsValue> {
    load_script().await?;
    let Some(element) = document().get_element_by_id(id) else {
        // The page was left meanwhile.
        return Ok(());
    };
    let colours = Colours::of(&element)?;
    let chart = match figure.is_line {
        true => line(&figure.marks, &colours),
        false => bars(&figure.marks, &colours),
    };
    call(&echarts()?, "dispose", &[instance(&element)?]).ok();
    let drawn: Echarts =
        WasmRenderer::new_opt(None, None).render(id, &chart).map_err(|e| e.to_string())?;
    let links = figure.marks.iter().map(|mark| mark.people.clone()).collect();
    follow_clicks(&drawn.into(), links, figure.is_line)?;
    offer_png(id)?;
    super::redraw::keep(id, figure)
}

/// Has the button that names this chart save it.
fn offer_png(id: &str) -> Result<(), JsValue> {
    let selector = format!("[data-png='{id}']");
    let Some(button) = document().query_selector(&selector)? else { return Ok(()) };
    let button: web_sys::HtmlElement = button.dyn_into()?;
    let id = id.to_owned();
    let on_click = Closure::<dyn Fn()>::new(move || {
        // Without a chart there is nothing to save, and the page has said so.
        let _ = save_png(&id);
    });
    button.set_onclick(Some(on_click.as_ref().unchecked_ref()));
    on_click.forget();
    Ok(())
}

/// Saves the chart in the element with this id as a PNG picture.
fn save_png(id: &str) -> Result<(), JsValue> {
    let element = document().get_element_by_id(id).ok_or("no chart")?;
    let chart = instance(&element)?;
    let options = js_sys::Object::new();
    Reflect::set(&options, &"type".into(), &"png".into())?;
    Reflect::set(&options, &"pixelRatio".into(), &2.into())?;
    Reflect::set(&options, &"backgroundColor".into(), &Colours::of(&element)?.surface.into())?;
    let data = call(&chart, "getDataURL", &[options.into()])?;
    click_link(&data.as_string().ok_or("no picture")?, Some(&format!("{id}.png")))
}

fn echarts() -> Result<JsValue, JsValue> {
    Reflect::get(&window(), &"echarts".into())
}

fn instance(element: &web_sys::Element) -> Result<JsValue, JsValue> {
    call(&echarts()?, "getInstanceByDom", &[element.clone().into()])
}

fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = Reflect::get(object, &method.into())?.dyn_into()?;
    method.apply(object, &arguments.iter().collect::<Array>())
}

/// Fetches the script once; charts that are drawn meanwhile wait for the same one.
async fn load_script() -> Result<(), JsValue> {
    if !echarts()?.is_undefined() {
        return Ok(());
    }
    let selector = format!("script[src='{SCRIPT}']");
    let script = match document().query_selector(&selector)? {
        Some(script) => script,
        None => {
            let script = document().create_element("script")?;
            script.set_attribute("src", SCRIPT)?;
            document().head().ok_or("no head")?.append_child(&script)?;
            script
        }
    };
    let loaded = Promise::new(&mut |resolve, reject| {
        for (event, then) in [("load", resolve), ("error", reject)] {
            // Fails only for an element that can't be listened to, which a script can.
            let _ = script.add_event_listener_with_callback(event, &then);
        }
    });
    JsFuture::from(loaded).await.inspect_err(|_| {
        // A script that failed is not tried again by the browser; a new element is.
        if let Ok(Some(script)) = document().query_selector(&selector) {
            script.remove();
        }
    })?;
    Ok(())
}

/// The theme's colours as the browser resolves them, since a canvas knows no custom properties.
struct Colours {
    accent: String,
    muted: String,
    line: String,
    ink: String,
    surface: String,
    track: String,
}

impl Colours {
    fn of(place: &web_sys::Element) -> Result<Self, JsValue> {
        let probe: web_sys::HtmlElement = document().create_element("i")?.dyn_into()?;
        place.append_child(&probe)?;
        let read = |name: &str| -> Result<String, JsValue> {
            probe.set_attribute("style", &format!("color:var({name})"))?;
            window().get_computed_style(&probe)?.ok_or("no style")?.get_property_value("color")
        };
        let colours = Self {
            accent: read("--accent")?,
            muted: read("--ink-3")?,
            line: read("--line")?,
            ink: read("--ink-2")?,
            surface: read("--surface")?,
            track: read("--edge")?,
        };
        probe.remove();
        Ok(colours)
    }

    fn label(&self) -> AxisLabel {
        AxisLabel::new().color(Color::Value(self.muted.clone())).font_size(11.5)
    }

    fn split(&self) -> SplitLine {
        SplitLine::new().line_style(LineStyle::new().color(Color::Value(self.line.clone())))
    }

    fn tooltip(&self, trigger: Trigger) -> Tooltip {
        Tooltip::new()
            .trigger(trigger)
            .background_color(Color::Value(self.surface.clone()))
            .border_color(Color::Value(self.line.clone()))
    }
}

fn line(marks: &[Mark], colours: &Colours) -> Chart {
    let t = text();
    let labels: Vec<String> = marks.iter().map(|mark| mark.label.clone()).collect();
    let now: Vec<i64> = marks.iter().map(|mark| mark.count).collect();
    let before: Vec<i64> = marks.iter().map(|mark| mark.before).collect();
    let value = |colour: &str| Color::Value(colour.to_owned());
    Chart::new()
        .animation(!prefers_calm())
        .grid(Grid::new().left("36").right("36").top("12").bottom("4").contain_label(true))
        .tooltip(colours.tooltip(Trigger::Axis))
        .x_axis(
            Axis::new()
                .type_(AxisType::Category)
                .boundary_gap(false)
                .data(labels)
                .axis_tick(AxisTick::new().show(false))
                .axis_line(AxisLine::new().show(false))
                .axis_label(colours.label()),
        )
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .min_interval(1.0)
                .axis_label(colours.label())
                .split_line(colours.split()),
        )
        .series(
            Line::new()
                .name(t.trends_before)
                .show_symbol(false)
                .item_style(ItemStyle::new().color(value(&colours.track)))
                .line_style(
                    LineStyle::new()
                        .color(value(&colours.track))
                        .type_(LineStyleType::Dashed)
                        .width(1.5),
                )
                .data(before),
        )
        .series(
            Line::new()
                .name(t.trends_count)
                .show_symbol(false)
                .item_style(ItemStyle::new().color(value(&colours.accent)))
                .line_style(LineStyle::new().color(value(&colours.accent)).width(2.0))
                .area_style(AreaStyle::new().color(value(&colours.accent)).opacity(0.09))
                .data(now),
        )
}

fn bars(marks: &[Mark], colours: &Colours) -> Chart {
    let t = text();
    let names: Vec<String> = marks.iter().map(|mark| mark.label.clone()).collect();
    let now: Vec<i64> = marks.iter().map(|mark| mark.count).collect();
    let before: Vec<i64> = marks.iter().map(|mark| mark.before).collect();
    let value = |colour: &str| Color::Value(colour.to_owned());
    Chart::new()
        .animation(!prefers_calm())
        .grid(Grid::new().left("4").right("24").top("4").bottom("4").contain_label(true))
        .tooltip(colours.tooltip(Trigger::Axis))
        .y_axis(
            Axis::new()
                .type_(AxisType::Category)
                .inverse(true)
                .data(names)
                .axis_tick(AxisTick::new().show(false))
                .axis_line(AxisLine::new().show(false))
                .axis_label(colours.label().color(value(&colours.ink))),
        )
        .x_axis(
            Axis::new()
                .type_(AxisType::Value)
                .min_interval(1.0)
                .split_number(3.0)
                .axis_label(colours.label())
                .split_line(colours.split()),
        )
        .series(
            Bar::new()
                .name(t.trends_count)
                .bar_width(10.0)
                .item_style(ItemStyle::new().color(value(&colours.accent)).border_radius(3.0))
                .data(now),
        )
        .series(
            Bar::new()
                .name(t.trends_before)
                .bar_width(4.0)
                .item_style(ItemStyle::new().color(value(&colours.track)).border_radius(2.0))
                .data(before),
        )
}

fn prefers_calm() -> bool {
    window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|query| query.matches())
}

/// Has a click anywhere in the plot go to the people of the nearest mark, and the chart keep the
/// size of its place.
fn follow_clicks(chart: &JsValue, links: Vec<String>, is_line: bool) -> Result<(), JsValue> {
    let clicked = chart.clone();
    let on_click = Closure::<dyn Fn(JsValue)>::new(move |event: JsValue| {
        let index = nearest(&clicked, &event, is_line).unwrap_or(-1.0);
        if index >= 0.0
            && let Some(link) = links.get(index as usize)
        {
            let _ = click_link(link, None);
        }
    });
    let surface = call(chart, "getZr", &[])?;
    call(&surface, "on", &["click".into(), on_click.as_ref().clone()])?;
    on_click.forget();
    let resized = chart.clone();
    let on_resize = Closure::<dyn Fn()>::new(move || {
        let _ = call(&resized, "resize", &[]);
    });
    let element: web_sys::Element = call(chart, "getDom", &[])?.dyn_into()?;
    let observer = web_sys::ResizeObserver::new(on_resize.as_ref().unchecked_ref())?;
    observer.observe(&element);
    on_resize.forget();
    Ok(())
}

/// The index of the mark under a click.
fn nearest(chart: &JsValue, event: &JsValue, is_line: bool) -> Option<f64> {
    let coordinate = |name: &str| Reflect::get(event, &name.into()).ok();
    let at = Array::of2(&coordinate("offsetX")?, &coordinate("offsetY")?);
    let finder = js_sys::Object::new();
    Reflect::set(&finder, &"seriesIndex".into(), &0.into()).ok()?;
    let inside = call(chart, "containPixel", &[finder.clone().into(), at.clone().into()]).ok()?;
    if !inside.is_truthy() {
        return None;
    }
    let place: Array =
        call(chart, "convertFromPixel", &[finder.into(), at.into()]).ok()?.dyn_into().ok()?;
    place.get(if is_line { 0 } else { 1 }).as_f64().map(f64::round)
}

/// Follows an address as a click on a link would, which the router takes up.
fn click_link(href: &str, download: Option<&str>) -> Result<(), JsValue> {
    let link: web_sys::HtmlElement = document().create_element("a")?.dyn_into()?;
    link.set_attribute("href", href)?;
    if let Some(name) = download {
        link.set_attribute("download", name)?;
    }
    document().body().ok_or("no body")?.append_child(&link)?;
    link.click();
    link.remove();
    Ok(())
}
