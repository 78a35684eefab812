using System.Text.Json.Serialization;

namespace Argosy.Daemon;

/// <summary>An entry of <c>default-address-pools</c>.</summary>
/// <param name="Base">The pool, such as 10.200.0.0/16.</param>
/// <param name="Size">The prefix length of the networks taken out of it.</param>
internal sealed record AddressPoolSetting(
    [property: JsonPropertyName("base")] string Base,
    [property: JsonPropertyName("size")] int Size);
