namespace Aegis.Client;

/// <summary>The decisions to list, newest first.</summary>
/// <param name="Outcome">approve, review, decline or flagged; null for all.</param>
/// <param name="Card">Only decisions on this card token.</param>
/// <param name="Country">Only decisions from this country, ISO 3166-1 alpha-2.</param>
/// <param name="Merchant">Only merchants with this id, or with this text in their name, whatever the case and accents.</param>
/// <param name="Before">The <c>next</c> of an earlier page.</param>
/// <param name="Limit">The largest number of decisions, 1 to 500.</param>
public sealed record DecisionFilter(
    string? Outcome = null, string? Card = null, string? Country = null, string? Merchant = null, string? Before = null, int Limit = 50)
{
    /// <summary>The filter as the query of an address.</summary>
    internal string ToQuery()
    {
        (string Name, string? Value)[] parts =
        [
            ("outcome", Outcome), ("card", Card), ("country", Country), ("merchant", Merchant), ("before", Before), ("limit", $"{Limit}"),
        ];
        return string.Join(
            '&', parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}"));
    }
}
