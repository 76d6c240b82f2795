namespace Aegis.Client;

/// <summary>A table of exchange rates.</summary>
/// <param name="Version">Its name, for example <c>2026-01</c>. A version names one content.</param>
/// <param name="Reference">The currency in which amounts are compared.</param>
/// <param name="UnitsPerReference">By code, major units of the currency for one of the reference; all above zero. A
/// currency that it leaves out keeps its shipped rate.</param>
public sealed record RateTable(string Version, string Reference, IReadOnlyDictionary<string, double> UnitsPerReference);
