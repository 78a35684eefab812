using System.Text.Json.Serialization;

namespace Argosy.Runtime.Oci;

/// <summary>config-linux.md#control-groups; also the file of <c>update --resources</c>.</summary>
internal sealed record OciResources
{
    public IReadOnlyList<OciDeviceRule>? Devices { get; init; }
    public OciMemory? Memory { get; init; }
    public OciCpu? Cpu { get; init; }
    public OciPids? Pids { get; init; }

    [JsonPropertyName("blockIO")]
    public OciBlockIo? BlockIo { get; init; }
}
