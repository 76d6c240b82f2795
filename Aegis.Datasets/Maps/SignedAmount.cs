namespace Aegis.Datasets.Maps;

/// <summary>An amount as accounts write it, where a sign or a mark tells that money goes back: <c>-40.94</c>, <c>(5.00)</c>,
/// <c>5.00CR</c>.</summary>
/// <param name="Text">The amount without parentheses and mark.</param>
/// <param name="IsCredit">True if parentheses or a mark say that it is a refund; a minus is still part of the text.</param>
internal readonly record struct SignedAmount(string Text, bool IsCredit)
{
    private const string CreditMark = "CR";

    /// <summary>Takes parentheses and mark off a text.</summary>
    public static SignedAmount Of(string text)
    {
        var amount = text.Trim();
        if (amount.EndsWith(CreditMark, StringComparison.OrdinalIgnoreCase))
        {
            return new(amount[..^CreditMark.Length].TrimEnd(), true);
        }

        return amount.Length > 2 && amount[0] == '(' && amount[^1] == ')' ? new(amount[1..^1].Trim(), true) : new(amount, false);
    }
}
