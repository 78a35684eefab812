using System.Text.Json;
using Argosy.Core;

namespace Argosy.Build.Tests.Fakes;

internal sealed record BuiltImage(Digest Id, JsonElement Json, IReadOnlyList<Digest> Layers, string Tree)
{
    public required BuildReport Report { get; init; }

    public JsonElement Config => Json.GetProperty("config");

    public string[] History => [.. Json.GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("created_by").GetString()!)];

    public string[] Strings(string property) =>
        Config.TryGetProperty(property, out JsonElement list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [];

    public string Read(string path) => File.ReadAllText(Path.Combine(Tree, path));

    public bool Has(string path) => Path.Exists(Path.Combine(Tree, path));
}
