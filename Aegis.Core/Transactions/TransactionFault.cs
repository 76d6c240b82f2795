namespace Aegis.Core.Transactions;

/// <summary>One fault of a message.</summary>
/// <param name="Field">The field's name in messages, for example <c>amountMinor</c>.</param>
/// <param name="Value">The wrong value, shortened and with card numbers masked; null if the field is missing.</param>
/// <param name="Allowed">What is allowed instead: a phrase that can follow "allowed:".</param>
public sealed record TransactionFault(string Field, string? Value, string Allowed)
{
    private const int MaxValueLength = 80;

    /// <summary>Describes a fault. It shortens and masks the value, so callers need not.</summary>
    public static TransactionFault Of(string field, string? value, string allowed) =>
        new(Shorten(CardNumbers.Mask(field)), value is null ? null : Shorten(CardNumbers.Mask(value)), allowed);

    /// <inheritdoc/>
    public override string ToString() =>
        Value is null ? $"{Field} is missing; allowed: {Allowed}" : $"{Field} is '{Value}'; allowed: {Allowed}";

    private static string Shorten(string value) =>
        value.Length <= MaxValueLength ? value : string.Concat(value.AsSpan(0, MaxValueLength), "…");
}
