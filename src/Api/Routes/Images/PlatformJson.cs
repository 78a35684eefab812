using System.Text.Json.Serialization;
using Argosy.Contract;

namespace Argosy.Api.Routes.Images;

/// <summary>The source-generated contract of a platform in a query parameter.</summary>
[JsonSerializable(typeof(OciPlatform))]
internal sealed partial class PlatformJson : JsonSerializerContext;
