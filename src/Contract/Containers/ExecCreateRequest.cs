using Argosy.Contract.Json;
using System.Text.Json.Serialization;

namespace Argosy.Contract.Containers;

/// <summary>The body of <c>POST /containers/{id}/exec</c>.</summary>
public sealed record ExecCreateRequest
{
    public string User { get; set; } = "";

    public bool Privileged { get; init; }

    public bool Tty { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? ConsoleSize { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStderr { get; init; }

    public bool AttachStdout { get; init; }

    public string DetachKeys { get; set; } = "";

    public IReadOnlyList<string>? Env { get; init; }

    public string WorkingDir { get; set; } = "";

    [JsonConverter(typeof(StringOrArrayConverter))]
    public IReadOnlyList<string>? Cmd { get; init; }
}
