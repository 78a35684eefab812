using System.Text.Json.Serialization;

namespace Argosy.Images.Manifests;

/// <summary>The file <c>oci-layout</c> (OCI image spec, image-layout.md).</summary>
internal sealed record OciLayout([property: JsonPropertyName("imageLayoutVersion")] string ImageLayoutVersion = "1.0.0");
