namespace Argosy.Api.Http.Hijack;

/// <summary>Lets an endpoint take over its connection.</summary>
internal interface IHijackFeature
{
    /// <summary>From now on a half-close of the client does not end the request. Call before the body is read.</summary>
    void Take();

    /// <summary>The connection as a raw stream; call after the body is read and before anything is answered.</summary>
    HijackedStream Open();
}
