using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Shop.Common.Markup;

/// <summary>A piece of HTML that is safe to send: whatever was put into it as text has been encoded.</summary>
/// <remarks>Made with <see cref="Of"/> from an interpolated string: its literal parts are HTML, its holes are text.</remarks>
public readonly struct Html
{
    private readonly string? markup;

    internal Html(string markup) => this.markup = markup;

    /// <summary>Nothing.</summary>
    public static Html Empty => default;

    internal static HtmlEncoder Encoder { get; } = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>HTML from an interpolated string; strings in its holes are encoded, <see cref="Html"/> in its holes is not.</summary>
    public static Html Of(HtmlHandler template) => new(template.ToString());

    /// <summary>Many pieces one after the other.</summary>
    public static Html Join<T>(IEnumerable<T> items, Func<T, Html> render) => new(string.Concat(items.Select(item => render(item).ToString())));

    /// <summary>The piece when the condition holds, otherwise nothing.</summary>
    public static Html If(bool condition, Func<Html> render) => condition ? render() : Empty;

    /// <inheritdoc/>
    public override string ToString() => markup ?? "";
}
