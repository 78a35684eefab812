using System.Globalization;
using Xunit.Abstractions;

namespace Argosy.SystemTests;

/// <summary>
/// How a crash test runs: always alike, unless ARGOSY_CRASH_SEED is another number, or "random". The instants of the kills and what the
/// workers do follow from it; how far they are by then does not. ARGOSY_CRASH_KILLS makes a run longer.
/// </summary>
internal static class CrashRun
{
    internal static (int Kills, Random Random) Begin(ITestOutputHelper output, int kills)
    {
        string given = Environment.GetEnvironmentVariable("ARGOSY_CRASH_SEED") ?? "1";
        int seed = given == "random" ? Random.Shared.Next(1_000_000) : int.Parse(given, CultureInfo.InvariantCulture);
        output.WriteLine($"ARGOSY_CRASH_SEED={seed}");
        return (int.Parse(Environment.GetEnvironmentVariable("ARGOSY_CRASH_KILLS") ?? $"{kills}", CultureInfo.InvariantCulture), new Random(seed));
    }
}
