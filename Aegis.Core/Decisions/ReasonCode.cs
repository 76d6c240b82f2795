namespace Aegis.Core.Decisions;

/// <summary>What makes a payment suspicious, in one line.</summary>
/// <param name="Code">Stable machine name, for example <c>AMOUNT_ABOVE_CARD_NORM</c>.</param>
/// <param name="Feature">The feature that carries it.</param>
/// <param name="Value">The feature's value.</param>
/// <param name="Share">Its share of the suspicion, 0 to 1.</param>
/// <param name="Text">One plain sentence for an analyst.</param>
/// <param name="Compared">The numbers of that sentence against the card's own; null where it compares none, such as a country that is new
/// to the card.</param>
public sealed record ReasonCode(string Code, string Feature, float Value, double Share, string Text, Comparison? Compared = null);
