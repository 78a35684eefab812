namespace Argosy.Contract;

/// <summary>The answer of <c>POST /containers/{id}/exec</c> and <c>POST /commit</c>.</summary>
public sealed record IdResponse
{
    public string Id { get; set; } = "";
}
