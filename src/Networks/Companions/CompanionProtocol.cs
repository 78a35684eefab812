using System.Text.Json.Serialization.Metadata;

namespace Argosy.Networks.Companions;

/// <summary>The messages between the daemon and one kind of companion.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Requests">How they are written.</param>
/// <param name="Answers">How those are.</param>
/// <param name="Hello">The daemon's version; the answer has the companion's.</param>
/// <param name="End">Answered when everything is closed; the process ends.</param>
internal sealed record CompanionProtocol<TRequest, TAnswer>(
    CompanionKind Kind, JsonTypeInfo<TRequest> Requests, JsonTypeInfo<TAnswer> Answers, Func<string, TRequest> Hello, TRequest End)
    where TRequest : CompanionRequest
    where TAnswer : CompanionAnswer;
