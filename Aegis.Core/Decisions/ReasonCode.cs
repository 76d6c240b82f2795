namespace Aegis.Core.Decisions;

/// <summary>One thing that makes a payment suspicious, in one line.</summary>
/// <param name="Code">A stable machine name, for example <c>AMOUNT_ABOVE_CARD_NORM</c>.</param>
/// <param name="Feature">The name of the feature behind it.</param>
/// <param name="Value">The feature's value.</param>
/// <param name="Share">The feature's share of the suspicion, 0 to 1.</param>
/// <param name="Text">One plain sentence for an analyst.</param>
/// <param name="Compared">The sentence's number beside the card's own; null if it compares none, as for a country new to the card.</param>
public sealed record ReasonCode(string Code, string Feature, float Value, double Share, string Text, Comparison? Compared = null);
