using System.Globalization;
using System.Text;

namespace Argosy.Engine.Containers;

/// <summary>How long each step of an operation took; shown in the log at debug level (<c>argosyd --debug</c>).</summary>
internal sealed class StepTimes(TimeProvider clock)
{
    private readonly StringBuilder text = new();
    private long last = clock.GetTimestamp();

    /// <summary>The step that ends now.</summary>
    public void Mark(string step)
    {
        long now = clock.GetTimestamp();
        if (text.Length > 0)
            text.Append(", ");
        text.Append(step).Append(' ').Append(clock.GetElapsedTime(last, now).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)).Append(" ms");
        last = now;
    }

    /// <inheritdoc/>
    public override string ToString() => text.ToString();
}
