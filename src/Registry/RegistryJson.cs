using System.Text.Json.Serialization;

namespace Argosy.Registry;

/// <summary>The source-generated contract of the distribution API's small documents.</summary>
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ErrorDocument))]
[JsonSerializable(typeof(TagList))]
[JsonSerializable(typeof(SearchAnswer))]
internal sealed partial class RegistryJson : JsonSerializerContext;
