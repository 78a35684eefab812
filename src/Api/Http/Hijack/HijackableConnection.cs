using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Argosy.Api.Http.Hijack;

/// <summary>
/// Stands between the socket and Kestrel and owns <see cref="ConnectionClosed"/>, so that a client's half-close
/// (every <c>echo x | docker run -i …</c>) is passed on only while the connection is not hijacked.
/// </summary>
/// <remarks>
/// The tempting wrong fix is to delay the half-close a little: the last output is then lost on a busy machine.
/// <c>IHttpUpgradeFeature</c> is no way out: it refuses requests that have a body, as <c>POST /exec/{id}/start</c> always has.
/// </remarks>
internal sealed class HijackableConnection : ConnectionContext, IHijackFeature
{
    private readonly ConnectionContext inner;
    private readonly CancellationTokenSource closed = new();
    private readonly CancellationTokenRegistration registration;
    private volatile bool hijacked;

    internal HijackableConnection(ConnectionContext inner)
    {
        this.inner = inner;
        ConnectionClosed = closed.Token;
        inner.Features.Set<IHijackFeature>(this);
        registration = inner.ConnectionClosed.Register(OnInnerClosed);
    }

    public override string ConnectionId { get => inner.ConnectionId; set => inner.ConnectionId = value; }

    public override IFeatureCollection Features => inner.Features;

    public override IDictionary<object, object?> Items { get => inner.Items; set => inner.Items = value; }

    public override IDuplexPipe Transport { get => inner.Transport; set => inner.Transport = value; }

    public override EndPoint? LocalEndPoint { get => inner.LocalEndPoint; set => inner.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => inner.RemoteEndPoint; set => inner.RemoteEndPoint = value; }

    public override CancellationToken ConnectionClosed { get; set; }

    public override void Abort(ConnectionAbortedException abortReason) => inner.Abort(abortReason);

    /// <inheritdoc/>
    public void Take() => hijacked = true;

    /// <inheritdoc/>
    public HijackedStream Open()
    {
        IConnectionSocketFeature socket = inner.Features.Get<IConnectionSocketFeature>()
            ?? throw new InvalidOperationException("the connection has no socket to hijack");
        return new HijackedStream(inner.Transport.Input, socket.Socket);
    }

    public override async ValueTask DisposeAsync()
    {
        await registration.DisposeAsync();
        closed.Dispose();
        await inner.DisposeAsync();
        await base.DisposeAsync();
    }

    private void OnInnerClosed()
    {
        if (!hijacked)
            closed.Cancel();
    }
}
