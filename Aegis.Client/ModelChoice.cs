namespace Aegis.Client;

/// <summary>The body of <c>POST /models/choice</c>.</summary>
/// <param name="Choice">The choice to train with; null to have the confirmed frauds choose.</param>
/// <param name="Apply">False to judge only, and bring nothing into force.</param>
public sealed record ModelChoiceRequest(string? Choice = null, bool Apply = true);

/// <summary>A choice of inputs, forest and weights, judged by confirmed frauds.</summary>
/// <param name="Choice">Its name.</param>
/// <param name="TypicalShare">Among what share of the payments, the most suspicious ones, the frauds typically rank, above 0 to 1:
/// less is better.</param>
/// <param name="Confidence">The share of bootstrap resamples of the frauds in which this choice is the best, 0 to 1.</param>
public sealed record ModelChoiceCandidate(string Choice, double TypicalShare, double Confidence);

/// <summary>The answer of <c>POST /models/choice</c>.</summary>
/// <param name="Choice">The best choice, or the one that was asked for.</param>
/// <param name="Frauds">The number of confirmed frauds that judged.</param>
/// <param name="Payments">The number of stored payments that models were trained on.</param>
/// <param name="Candidates">All choices, best first; empty if one was asked for.</param>
/// <param name="Version">The model that comes into force; null if none does, since it was only to be judged or the best choice is
/// in force already.</param>
/// <param name="JudgedAt">When, UTC.</param>
public sealed record ModelChoiceJudgement(
    string Choice, int Frauds, int Payments, IReadOnlyList<ModelChoiceCandidate> Candidates, string? Version, DateTimeOffset JudgedAt);

/// <summary>The answer of <c>GET /models/choice</c>.</summary>
/// <param name="InForce">The choice that the model in force was trained with; null if the model does not say.</param>
/// <param name="ConfirmedFrauds">The number of decided payments whose last verdict is fraud; counted up to 500.</param>
/// <param name="NeededFrauds">The number from which on they can judge.</param>
/// <param name="Choices">The choices there are.</param>
/// <param name="JudgedFrauds">The number of frauds that judged last; 0 if none have yet.</param>
/// <param name="Last">The last judgement of this process; null if there was none.</param>
/// <param name="UndoneBy">The model that <c>DELETE /models/choice</c> brings back; null if there is nothing to undo.</param>
public sealed record ModelChoiceState(
    string? InForce, int ConfirmedFrauds, int NeededFrauds, IReadOnlyList<string> Choices, int JudgedFrauds,
    ModelChoiceJudgement? Last, string? UndoneBy);
