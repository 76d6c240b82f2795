using Aegis.Core.Decisions;
using Aegis.MachineLearning.Autoencoders;
using Aegis.MachineLearning.Calibration;

namespace Aegis.MachineLearning.Bundles;

/// <summary>Judges whether the parts of a bundle that was read fit each other and can score every payment.</summary>
internal static class BundleRules
{
    private const int MaxParameters = 1_000_000;
    private const double MaxWeight = 1_000_000;

    // A squared error below it is a finite float.
    private const double MaxError = 1e37;

    /// <summary>Judges a bundle whose parts were read.</summary>
    /// <exception cref="ArgumentException">The parts do not fit each other, or one cannot score every payment.</exception>
    /// <exception cref="FormatException">A weight of the fusion is out of range.</exception>
    public static void Check(FraudModel model)
    {
        var inputs = model.Scaler.InputCount;
        if (model.Autoencoder.Columns != inputs || model.TailSum.Columns != inputs)
        {
            throw new ArgumentException($"Autoencoder of {model.Autoencoder.Columns} and tail sum of {model.TailSum.Columns} columns for {inputs} inputs; allowed: as many as inputs.");
        }

        Check(model.Autoencoder.Autoencoder);
        Check(model.Calibration.Fusion);
        Check(model.Policy);
    }

    private static void Check(Autoencoder autoencoder)
    {
        var parameters = 0L;
        foreach (var layer in autoencoder.Layers)
        {
            parameters += (layer.Inputs + 1L) * layer.Outputs;
        }

        if (parameters > MaxParameters)
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The autoencoder has {parameters:N0} weights and biases; allowed: at most {MaxParameters:N0}."));
        }

        var error = LargestError(autoencoder);
        if (!(error <= MaxError))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"The autoencoder's weights allow an error of {error:0.#E+0}; allowed: at most {MaxError:0.#E+0}, which is still a number."));
        }
    }

    /// <summary>A bound for the weighted squared error of any payment's input, and for every sum on the way to it.</summary>
    private static double LargestError(Autoencoder autoencoder)
    {
        double value = autoencoder.InputLimit;
        var largest = value;
        foreach (var layer in autoencoder.Layers)
        {
            var parameters = layer.ToParameters();
            var sum = 0.0;
            for (var output = 0; output < layer.Outputs; output++)
            {
                var own = Math.Abs((double)parameters[(layer.Inputs * layer.Outputs) + output]);
                foreach (var weight in parameters.AsSpan(output * layer.Inputs, layer.Inputs))
                {
                    own += Math.Abs(weight) * value;
                }

                sum = Math.Max(sum, own);
            }

            largest = Math.Max(largest, sum);
            value = layer.Activation == Activation.Tanh ? 1 : sum;
        }

        var difference = value + autoencoder.InputLimit;
        var heaviest = 1f;
        foreach (var weight in autoencoder.ErrorWeights)
        {
            heaviest = Math.Max(heaviest, weight);
        }

        return Math.Max(largest, difference * difference * heaviest);
    }

    private static void Check(ScoreFusion fusion)
    {
        double[] weights = [fusion.ForestWeight, fusion.AutoencoderWeight, fusion.TailSumWeight, fusion.ExternalWeight];
        PartRules.InRange(weights, 0, MaxWeight, "the fusion's weights");
    }

    private static void Check(DecisionPolicy policy)
    {
        // A threshold of NaN would flag nothing.
        if (!(policy.ReviewAt >= 0 && policy.DeclineAt >= policy.ReviewAt))
        {
            throw new ArgumentException($"{policy}; allowed: thresholds of 0 or more, declining at no less than reviewing.");
        }

        if (policy.ReviewTies is not (>= 0 and <= 1) || policy.DeclineTies is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"Of the payments exactly at a threshold {policy.ReviewTies} are flagged and {policy.DeclineTies} declined; allowed: shares of 0 to 1.");
        }

        if (policy.Budget.CardsPerTenThousand is not (> 0 and <= 10_000) || policy.Budget.DeclineShare is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"{policy.Budget}; allowed: above 0 to 10,000 cards, and a share of 0 to 1.");
        }
    }
}
