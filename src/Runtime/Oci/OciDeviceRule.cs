namespace Argosy.Runtime.Oci;

/// <summary>Part of <see cref="OciSpec"/>.</summary>
internal sealed record OciDeviceRule(bool Allow, string? Type, long? Major, long? Minor, string Access);
