using Aegis.MachineLearning.Evaluation;

namespace Aegis.Training.Generating;

/// <summary>The contents of a data set.</summary>
/// <param name="Payments">The number of payments written.</param>
/// <param name="Rules">What rules without any model catch among them.</param>
internal sealed record GenerationReport(long Payments, TrivialRules Rules)
{
    /// <summary>The number of fraudulent payments.</summary>
    public long Frauds => Rules.Amount.Frauds;

    /// <summary>The share of payments that are fraudulent; 0 if there are no payments.</summary>
    public double FraudShare => Frauds / (double)Math.Max(1, Payments);
}
