using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Shop.Common.Markup;

/// <summary>Builds <see cref="Html"/> from an interpolated string; only the compiler uses it.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlHandler(int literalLength, int formattedCount)
{
    private readonly StringBuilder builder = new(literalLength + (formattedCount * 16));

    /// <summary>A part that the programmer wrote.</summary>
    public void AppendLiteral(string value) => builder.Append(value);

    /// <summary>Text from anywhere: encoded.</summary>
    public void AppendFormatted(string? value) => builder.Append(Html.Encoder.Encode(value ?? ""));

    /// <summary>A number.</summary>
    public void AppendFormatted(int value) => builder.Append(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A piece that is HTML already.</summary>
    public void AppendFormatted(Html value) => builder.Append(value.ToString());

    /// <inheritdoc/>
    public override string ToString() => builder.ToString();
}
