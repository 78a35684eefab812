using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Argosy.Bench;

/// <summary>What published ports cost.</summary>
internal static class Publishing
{
    private const int FirstPort = 20000;

    /// <summary>How many milliseconds the median start with a published port takes more than the median one without; they take turns.</summary>
    internal static async Task<double> CostAsync(DockerEngine engine, int count)
    {
        List<double> with = [], without = [];
        for (int round = 0; round < count; round++)
        {
            without.Add(await StartAsync(engine, []));
            with.Add(await StartAsync(engine, Ports(1)));
        }
        with.Sort();
        without.Sort();
        return with[count / 2] - without[count / 2];
    }

    /// <summary>Starts a container that publishes its ports 1 to <paramref name="count"/> and stays.</summary>
    internal static async Task<double> ManyAsync(DockerEngine engine, string name, int count)
    {
        await engine.CreateAsync(name, Ports(count), "sleep", "100000");
        long begin = Stopwatch.GetTimestamp();
        await engine.StartAsync(name);
        return Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    private static async Task<double> StartAsync(DockerEngine engine, JsonObject ports)
    {
        string id = await engine.CreateAsync(null, ports, "sleep", "100000");
        long begin = Stopwatch.GetTimestamp();
        await engine.StartAsync(id);
        double milliseconds = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        await engine.RemoveAsync(id);
        return milliseconds;
    }

    private static JsonObject Ports(int count) => new(Enumerable.Range(1, count).Select(port => KeyValuePair.Create<string, JsonNode?>(
        $"{port}/tcp", new JsonArray(new JsonObject { ["HostPort"] = (FirstPort + port).ToString(CultureInfo.InvariantCulture) }))));
}
