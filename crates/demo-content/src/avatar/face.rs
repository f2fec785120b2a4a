//! Head, neck and features, all in a square of 256.

use super::hair::Hair;
use super::{Extra, Look};
use crate::drawing::{Canvas, shade};

const HEAD: &str = "M84 106Q80 54 128 52Q176 54 172 106Q172 142 152 162Q140 173 128 173Q116 173 104 162Q84 142 84 106Z";

pub(super) fn neck(canvas: &mut Canvas, skin: &str) {
    canvas.path(
        &shade(skin, -12),
        "M106 146H150V190Q150 212 128 212Q106 212 106 190Z",
    );
    canvas.path(
        &shade(skin, -24),
        "M106 156Q128 190 150 156V176Q128 198 106 176Z",
    );
}

pub(super) fn draw(canvas: &mut Canvas, look: &Look) {
    let skin = look.skin.as_str();
    let dark = shade(skin, -14);
    for x in [83.0, 173.0] {
        canvas.ellipse(&dark, (x, 114.0), (9.0, 13.0));
        canvas.ellipse(skin, (x, 112.0), (8.0, 12.0));
    }
    if look.has(Extra::Earrings) {
        for x in [81.0, 175.0] {
            canvas.circle("#f0c75e", (x, 130.0), 4.5);
            canvas.circle("#fff1c4", (x - 1.2, 128.8), 1.6);
        }
    }
    let light = canvas.slant(&[&shade(skin, 14), skin, &shade(skin, -8)]);
    canvas.path(&light, HEAD);
    canvas.within(HEAD, |c| {
        let blush = c.glow((0.5, 0.5), 0.5, &["#e0604a38", "#e0604a00"]);
        c.ellipse(&blush, (102.0, 136.0), (17.0, 13.0));
        c.ellipse(&blush, (154.0, 136.0), (17.0, 13.0));
        beard(c, look);
    });
    features(canvas, look);
}

fn beard(canvas: &mut Canvas, look: &Look) {
    let hair = shade(&look.hair.1, -6);
    let jaw = "M82 112Q88 134 102 138Q114 132 128 134Q142 132 154 138Q168 134 174 112V180H82Z";
    if look.has(Extra::Beard) {
        canvas.path(&hair, jaw);
        canvas.path(
            &look.skin,
            "M112 146Q128 140 144 146Q142 160 128 161Q114 160 112 146Z",
        );
    }
    if look.has(Extra::Stubble) {
        canvas.path(&format!("{hair}48"), jaw);
    }
}

fn features(canvas: &mut Canvas, look: &Look) {
    let dark = shade(&look.skin, -38);
    let brow = match &look.hair {
        (Hair::Scarf, _) => "#2a1d18".to_owned(),
        (_, colour) => shade(colour, -22),
    };
    canvas.stroke(&brow, 4.4, "M96 95Q106 88 117 93M139 93Q150 88 160 95");
    for x in [107.0, 149.0] {
        canvas.ellipse("#ffffff", (x, 109.0), (8.0, 6.2));
        canvas.circle("#3a2a22", (x, 109.0), 5.0);
        canvas.circle("#ffffff", (x - 1.6, 107.0), 1.6);
        let lid = format!("M{} 107Q{x} 99 {} 107", x - 9.0, x + 9.0);
        canvas.stroke(
            "#2a2020",
            if look.has(Extra::Lipstick) { 3.4 } else { 2.4 },
            &lid,
        );
    }
    canvas.stroke(
        &format!("{dark}a0"),
        3.2,
        "M130 108Q132 122 136 129Q136 134 126 134",
    );
    mouth(canvas, look);
    if look.has(Extra::Moustache) {
        canvas.path(
            &shade(&look.hair.1, -6),
            "M104 146Q112 136 128 140Q144 136 152 146Q140 150 128 146Q116 150 104 146Z",
        );
    }
    if look.has(Extra::Lines) {
        canvas.stroke(&format!("{dark}60"), 2.0, "M102 136Q98 144 102 152M154 136Q158 144 154 152M90 104l-4 -3M90 110h-5M166 104l4 -3M166 110h5M108 76Q128 72 148 76");
    }
    if look.has(Extra::Freckles) {
        for (x, y) in [
            (98.0, 124.0),
            (105.0, 128.0),
            (112.0, 124.0),
            (144.0, 124.0),
            (151.0, 128.0),
            (158.0, 124.0),
        ] {
            canvas.circle("#b0603c80", (x, y), 1.5);
        }
    }
}

fn mouth(canvas: &mut Canvas, look: &Look) {
    let lip = if look.has(Extra::Lipstick) {
        "#b8433f".to_owned()
    } else {
        shade(&look.skin, -44)
    };
    if look.has(Extra::Laugh) {
        canvas.path(
            "#7d2c2b",
            "M111 145Q128 150 145 145Q143 163 128 163Q113 163 111 145Z",
        );
        canvas.path(
            "#ffffff",
            "M113 146.5Q128 150.5 143 146.5Q142 152 128 152.5Q114 152 113 146.5Z",
        );
        canvas.stroke(&lip, 2.4, "M110 145Q128 150 146 145");
    } else if look.has(Extra::Lipstick) {
        canvas.path(
            &lip,
            "M112 148Q120 144 128 147Q136 144 144 148Q138 158 128 158Q118 158 112 148Z",
        );
        canvas.stroke(&shade(&lip, -34), 1.8, "M112 148Q128 152 144 148");
    } else {
        canvas.stroke(&lip, 3.4, "M112 147Q128 158 144 147");
    }
}

pub(super) fn glasses(canvas: &mut Canvas, look: &Look) {
    let frame = "#2b2a30";
    if look.has(Extra::RoundGlasses) {
        for x in [106.0, 150.0] {
            canvas.circle("#ffffff22", (x, 110.0), 17.0);
            canvas.ring(frame, 3.2, (x, 110.0), (17.0, 17.0));
        }
        canvas.stroke(
            frame,
            3.0,
            "M123 108Q128 104 133 108M89 106L82 104M167 106L174 104",
        );
    }
    if look.has(Extra::SquareGlasses) {
        for x in [87.0, 131.0] {
            canvas.rect("#ffffff22", (x, 97.0), (38.0, 27.0), 7.0);
            let (right, low) = (x + 38.0, 124.0);
            canvas.stroke(
                frame,
                3.6,
                &format!(
                    "M{x} 97H{right}V{}q0 6 -6 6H{}q-6 0 -6 -6Z",
                    low - 6.0,
                    x + 6.0
                ),
            );
        }
        canvas.stroke(frame, 3.4, "M125 103H131M87 102L82 101M169 102L174 101");
    }
}
