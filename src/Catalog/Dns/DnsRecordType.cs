namespace Argosy.Catalog.Dns;

/// <summary>Record types that the server knows; IANA's numbers.</summary>
internal enum DnsRecordType : ushort
{
    A = 1,
    Pointer = 12,
    Aaaa = 28,
    Service = 33,
    Option = 41,
    Any = 255,
}
