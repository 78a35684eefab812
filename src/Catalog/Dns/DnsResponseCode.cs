namespace Argosy.Catalog.Dns;

/// <summary>RCODE; RFC 1035, 4.1.1.</summary>
internal enum DnsResponseCode : byte
{
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NoSuchName = 3,
    NotImplemented = 4,
}
