using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Argosy.Engine.Events;

/// <summary>
/// Hands events to whoever listens, and keeps the last 256 for <c>since</c>, as dockerd does.
/// Publishing never waits: a subscriber that falls 4,096 events behind is cut off rather than slowing a container down.
/// </summary>
public sealed class EventBus(TimeProvider clock)
{
    private const int HistoryLimit = 256;
    private const int SubscriberLimit = 4096;

    private readonly Lock gate = new();
    private readonly Queue<EngineEvent> history = new();
    private readonly List<Channel<EngineEvent>> subscribers = [];

    /// <summary>How many listen now (the API's NEventsListener).</summary>
    public int Listeners
    {
        get
        {
            lock (gate)
                return subscribers.Count;
        }
    }

    /// <summary>Publishes an event that happens now.</summary>
    public void Publish(string type, string action, string actorId, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var published = new EngineEvent(type, action, actorId, attributes ?? new Dictionary<string, string>(), clock.GetUtcNow());
        lock (gate)
        {
            history.Enqueue(published);
            if (history.Count > HistoryLimit)
                history.Dequeue();
            subscribers.RemoveAll(subscriber => !Offer(subscriber, published));
        }
    }

    /// <summary>The kept events, oldest first, then every new one until cancelled.</summary>
    /// <param name="includeHistory">False: new ones only.</param>
    public async IAsyncEnumerable<EngineEvent> SubscribeAsync(bool includeHistory, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using Subscription subscription = Subscribe(includeHistory);
        foreach (EngineEvent past in subscription.History)
            yield return past;
        await foreach (EngineEvent next in subscription.Reader.ReadAllAsync(cancellationToken))
            yield return next;
    }

    /// <summary>Subscribes at once (not at the first read), so that nothing published after this call is missed. Dispose to end it.</summary>
    public Subscription Subscribe(bool includeHistory)
    {
        var channel = Channel.CreateBounded<EngineEvent>(SubscriberLimit);
        lock (gate)
        {
            subscribers.Add(channel);
            return new Subscription(this, channel, includeHistory ? [.. history] : []);
        }
    }

    private static bool Offer(Channel<EngineEvent> subscriber, EngineEvent published)
    {
        if (subscriber.Writer.TryWrite(published))
            return true;
        subscriber.Writer.TryComplete();
        return false;
    }

    /// <summary>One listener's events.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly EventBus bus;
        private readonly Channel<EngineEvent> channel;

        internal Subscription(EventBus bus, Channel<EngineEvent> channel, IReadOnlyList<EngineEvent> history) =>
            (this.bus, this.channel, History) = (bus, channel, history);

        /// <summary>What was kept when the subscription began, oldest first.</summary>
        public IReadOnlyList<EngineEvent> History { get; }

        /// <summary>What happens from then on.</summary>
        public ChannelReader<EngineEvent> Reader => channel.Reader;

        /// <inheritdoc/>
        public void Dispose()
        {
            lock (bus.gate)
                bus.subscribers.Remove(channel);
            channel.Writer.TryComplete();
        }
    }
}
