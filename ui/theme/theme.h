// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <QString>
#include <QStringList>

#include <array>
#include <utility>
#include <vector>

class QApplication;

namespace indelible::ui {

/// The colours of the program by meaning. No widget uses a colour that is not one of these.
enum class Token {
    Chrome,
    Nav,
    List,
    Content,
    Sunken,
    Raised,
    Line,
    Line2,
    Control,
    Text,
    Text2,
    Text3,
    Accent,
    AccentHover,
    AccentText,
    AccentSoft,
    OnAccent,
    Selection,
    Hover,
    Chip,
    Danger,
    DangerText,
    DangerSoft,
    Warn,
    WarnText,
    WarnSoft,
    Ok,
    OkText,
    OkSoft,
    Plum,
    PlumText,
    PlumSoft,
    NoteBackground,
    NoteText,
    NoteLine,
    BubbleIn,
    BubbleOut,
    BubblePrivate,
    Star,
    Scrim,
    Count
};

/// Sizes of type as roles; all are factors of the system's font size times the person's text size.
enum class TextRole { Meta, Small, Body, Message, Section, PaneTitle, PageTitle };

/// Colours, type and style of the whole window. One object, made by main, passed by reference; lives on the interface
/// thread. The tokens come from resources/theme.json.
class Theme : public QObject
{
    Q_OBJECT
public:
    enum class Mode { System, Light, Dark };
    /// The system's choice is read once, from the lightness of the palette the platform gave the application: Qt 6.4
    /// cannot ask for it, and asking over D-Bus would delay the start.
    explicit Theme(Mode mode, QObject *parent = nullptr);

    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] QColor colour(Token token) const { return m_colours[static_cast<size_t>(token)]; }
    /// Background and letters of a person's avatar, chosen by a hash of who they are.
    [[nodiscard]] std::pair<QColor, QColor> avatarColours(const QString &seed) const;
    [[nodiscard]] QFont font(TextRole role, QFont::Weight weight = QFont::Normal) const;
    /// `px` of the design (at 13 px text) in device-independent pixels at the present text size.
    [[nodiscard]] int scaled(int px) const;

    /// Logical pixels of the role's letters; body is 13 at the design's text size. Never under 11 (8.5 pt).
    [[nodiscard]] int fontPixels(TextRole role) const;

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    /// 0.85 to 2.0.
    void setTextScale(double factor);
    [[nodiscard]] double textScale() const { return m_textScale; }

    /// Sets palette, style and style sheet of the application. Again after every change.
    void applyTo(QApplication &application);

Q_SIGNALS:
    void changed();

private:
    void load();
    void changeTo(bool dark);
    [[nodiscard]] QPalette palette() const;
    [[nodiscard]] QString styleSheet() const;

    std::array<QColor, static_cast<size_t>(Token::Count)> m_colours;
    std::vector<std::pair<QColor, QColor>> m_avatars;
    Mode m_mode;
    bool m_systemDark = false;
    bool m_dark = false;
    bool m_styled = false; ///< our style is already the application's
    double m_textScale = 1.0;
    double m_basePixels = 13.0; ///< the system's text size, 13 at least
    QStringList m_families;
};

/// The name of a token in resources/theme.json: "accent-soft".
[[nodiscard]] QString tokenName(Token token);

/// Contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
[[nodiscard]] double contrast(const QColor &first, const QColor &second);

} // namespace indelible::ui
