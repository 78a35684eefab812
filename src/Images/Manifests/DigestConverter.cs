using System.Text.Json;
using System.Text.Json.Serialization;
using Argosy.Core;

namespace Argosy.Images.Manifests;

/// <summary>A digest as its text.</summary>
internal sealed class DigestConverter : JsonConverter<Digest>
{
    public override Digest Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Digest.TryParse(reader.GetString(), out Digest digest) ? digest : throw new JsonException($"\"{reader.GetString()}\" is not a sha256 digest");

    public override void Write(Utf8JsonWriter writer, Digest value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
