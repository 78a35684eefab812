using System.Text.Json.Serialization;

namespace Argosy.Contract.Stacks;

/// <summary>Source-generated contract of the stacks' DTOs; read and write through <see cref="StackWire"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(GoDurationConverter)])]
[JsonSerializable(typeof(StackSpec))]
[JsonSerializable(typeof(StackService))]
[JsonSerializable(typeof(StackProgress))]
[JsonSerializable(typeof(StackDetail))]
[JsonSerializable(typeof(IReadOnlyList<StackSummary>))]
public sealed partial class StackJson : JsonSerializerContext;
