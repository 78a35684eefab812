using System.Text.Json;
using Argosy.Contract.Build;

namespace Argosy.Cli.Build.Progress;

/// <summary><c>--progress rawjson</c>: the news as they are, one JSON object a line, as buildx prints them.</summary>
internal sealed class RawJsonDisplay(TextWriter output) : IBuildDisplay
{
    private readonly Lock gate = new();

    public void Show(BuildStatus status)
    {
        string line = JsonSerializer.Serialize(status, BuildJson.Default.BuildStatus);
        lock (gate)
            output.WriteLine(line);
    }

    public async ValueTask DisposeAsync() => await output.FlushAsync();
}
