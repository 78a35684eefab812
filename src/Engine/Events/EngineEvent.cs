namespace Argosy.Engine.Events;

/// <summary>Something that happened, in the words of Docker's events (Engine API, EventMessage).</summary>
/// <param name="Type">container, image, network, volume, builder or daemon.</param>
/// <param name="Action">create, start, die, pull, connect, …</param>
/// <param name="ActorId">The object's id or name.</param>
/// <param name="Attributes">Name, image, labels and what the action adds.</param>
/// <param name="Time">When it happened.</param>
public sealed record EngineEvent(string Type, string Action, string ActorId, IReadOnlyDictionary<string, string> Attributes, DateTimeOffset Time);
