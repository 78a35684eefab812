using System.Diagnostics;

namespace Argosy.Engine.Images;

/// <summary>Lets a moving bar through ten times a second, and always at its end.</summary>
internal sealed class Throttle
{
    private static readonly long Interval = Stopwatch.Frequency / 10;
    private long next;

    internal bool Passes(long current, long total)
    {
        long now = Stopwatch.GetTimestamp();
        if (now < next && current != total)
            return false;
        next = now + Interval;
        return true;
    }
}
