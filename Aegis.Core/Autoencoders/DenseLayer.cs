using System.Numerics.Tensors;
using Aegis.Core.Numerics;

namespace Aegis.Core.Autoencoders;

/// <summary>A fully connected layer, y = f(Wx + b), with f = tanh or none.</summary>
/// <remarks>Parameters are flat: weights row after row (one row per output), then biases.</remarks>
public sealed class DenseLayer
{
    private readonly float[] _parameters;

    /// <param name="inputs">Length of x.</param>
    /// <param name="outputs">Length of y.</param>
    /// <param name="hasTanh">Whether f is tanh.</param>
    /// <param name="parameters">(inputs + 1) × outputs values.</param>
    public DenseLayer(int inputs, int outputs, bool hasTanh, float[] parameters)
    {
        if (parameters.Length != (inputs + 1) * outputs)
        {
            throw new ArgumentException($"{parameters.Length} parameters; allowed: ({inputs} + 1) × {outputs}.", nameof(parameters));
        }

        Inputs = inputs;
        Outputs = outputs;
        HasTanh = hasTanh;
        _parameters = parameters;
    }

    /// <summary>Length of x.</summary>
    public int Inputs { get; }

    /// <summary>Length of y.</summary>
    public int Outputs { get; }

    /// <summary>Whether f is tanh.</summary>
    public bool HasTanh { get; }

    /// <summary>Weights, then biases.</summary>
    public Span<float> Parameters => _parameters;

    /// <summary>A layer with weights after Glorot and Bengio (2010) and biases of 0.</summary>
    public static DenseLayer Random(int inputs, int outputs, bool hasTanh, ref SeededRandom random)
    {
        var limit = Math.Sqrt(6.0 / (inputs + outputs));
        var parameters = new float[(inputs + 1) * outputs];
        for (var i = 0; i < inputs * outputs; i++)
        {
            parameters[i] = (float)random.NextDouble(-limit, limit);
        }

        return new DenseLayer(inputs, outputs, hasTanh, parameters);
    }

    /// <summary>Computes y from x.</summary>
    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        for (var output = 0; output < Outputs; output++)
        {
            y[output] = TensorPrimitives.Dot(_parameters.AsSpan(output * Inputs, Inputs), x) + _parameters[(Inputs * Outputs) + output];
        }

        if (HasTanh)
        {
            TensorPrimitives.Tanh(y, y);
        }
    }

    /// <summary>Adds this row's gradients.</summary>
    /// <param name="x">The input of the forward pass.</param>
    /// <param name="y">Its output.</param>
    /// <param name="outputGradient">dE/dy; overwritten by the gradient before f.</param>
    /// <param name="gradients">Receives dE/dparameters, added to what is there.</param>
    /// <param name="inputGradient">Receives dE/dx; empty where nobody needs it.</param>
    public void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> outputGradient, Span<float> gradients, Span<float> inputGradient)
    {
        if (HasTanh)
        {
            for (var i = 0; i < outputGradient.Length; i++)
            {
                outputGradient[i] *= 1 - (y[i] * y[i]);
            }
        }

        inputGradient.Clear();
        for (var output = 0; output < Outputs; output++)
        {
            var delta = outputGradient[output];
            var row = gradients.Slice(output * Inputs, Inputs);
            TensorPrimitives.MultiplyAdd(x, delta, row, row);
            gradients[(Inputs * Outputs) + output] += delta;
            if (!inputGradient.IsEmpty)
            {
                TensorPrimitives.MultiplyAdd(_parameters.AsSpan(output * Inputs, Inputs), delta, inputGradient, inputGradient);
            }
        }
    }
}
