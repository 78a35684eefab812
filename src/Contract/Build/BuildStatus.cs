using System.Text.Json.Serialization;

namespace Argosy.Contract.Build;

/// <summary>
/// News of a build's graph: what has changed since the last one. The names are those of BuildKit's SolveStatus, as <c>docker buildx build --progress=rawjson</c> prints it.
/// In the answer to <c>POST /build</c> it is the <c>aux</c> of a line with the id <see cref="MessageId"/>, if the request has the header <see cref="Header"/>.
/// </summary>
public sealed record BuildStatus
{
    /// <summary>The header that asks for it, with the value 1.</summary>
    public const string Header = "X-Argosy-Trace";

    /// <summary>The <c>id</c> of the lines that bring it.</summary>
    public const string MessageId = "argosy.build.trace";

    [JsonPropertyName("vertexes")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BuildStep>? Vertexes { get; init; }

    [JsonPropertyName("statuses")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BuildStepPart>? Statuses { get; init; }

    [JsonPropertyName("logs")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BuildStepLog>? Logs { get; init; }

    [JsonPropertyName("warnings")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BuildWarning>? Warnings { get; init; }
}
