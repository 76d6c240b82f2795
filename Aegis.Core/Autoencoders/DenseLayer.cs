using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aegis.Core.Numerics;

namespace Aegis.Core.Autoencoders;

/// <summary>A fully connected layer, y = f(Wx + b), with f = tanh or none.</summary>
/// <remarks>
/// Outputs lie side by side in lanes, so an output's sum always takes its inputs in order, b + w₀x₀ + w₁x₁ + …, whatever the
/// machine's vector width. Vectors of outputs are padded to <see cref="Width"/> with zeros.
/// </remarks>
public sealed class DenseLayer
{
    private readonly float[] _parameters;

    /// <param name="inputs">Length of x.</param>
    /// <param name="outputs">Length of y.</param>
    /// <param name="hasTanh">Whether f is tanh.</param>
    /// <param name="parameters">(inputs + 1) × outputs values: weights output after output, then biases.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public DenseLayer(int inputs, int outputs, bool hasTanh, ReadOnlySpan<float> parameters)
    {
        if (parameters.Length != (inputs + 1) * outputs)
        {
            throw new ArgumentException($"{parameters.Length} parameters; allowed: ({inputs} + 1) × {outputs}.", nameof(parameters));
        }

        Inputs = inputs;
        Outputs = outputs;
        HasTanh = hasTanh;
        Width = Lanes.Pad(outputs);
        _parameters = new float[(inputs + 1) * Width];
        for (var i = 0; i < parameters.Length; i++)
        {
            _parameters[PositionOf(i)] = parameters[i];
        }
    }

    /// <summary>Length of x.</summary>
    public int Inputs { get; }

    /// <summary>Length of y.</summary>
    public int Outputs { get; }

    /// <summary>Length of y with its padding.</summary>
    public int Width { get; }

    /// <summary>Whether f is tanh.</summary>
    public bool HasTanh { get; }

    /// <summary>As training sees them: the weights of input after input, then biases, each padded to <see cref="Width"/>.</summary>
    internal Span<float> Parameters => _parameters;

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

    /// <summary>The parameters as the constructor takes them.</summary>
    public float[] ToParameters()
    {
        var parameters = new float[(Inputs + 1) * Outputs];
        for (var i = 0; i < parameters.Length; i++)
        {
            parameters[i] = _parameters[PositionOf(i)];
        }

        return parameters;
    }

    /// <summary>Computes y from x.</summary>
    /// <param name="x">At least <see cref="Inputs"/> values.</param>
    /// <param name="y">Receives <see cref="Width"/> values, 0 beyond the outputs.</param>
    public void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        x = x[..Inputs];
        y = y[..Width];
        ref var weights = ref MemoryMarshal.GetArrayDataReference(_parameters);
        // Three vectors at a time, 24 units, so that their additions overlap.
        var output = 0;
        for (; output + (3 * Lanes.Count) <= y.Length; output += 3 * Lanes.Count)
        {
            var bias = (nuint)((x.Length * y.Length) + output);
            var first = Vector256.LoadUnsafe(ref weights, bias);
            var second = Vector256.LoadUnsafe(ref weights, bias + Lanes.Count);
            var third = Vector256.LoadUnsafe(ref weights, bias + (2 * Lanes.Count));
            var at = (nuint)output;
            foreach (var value in x)
            {
                var factor = Vector256.Create(value);
                first += Vector256.LoadUnsafe(ref weights, at) * factor;
                second += Vector256.LoadUnsafe(ref weights, at + Lanes.Count) * factor;
                third += Vector256.LoadUnsafe(ref weights, at + (2 * Lanes.Count)) * factor;
                at += (nuint)y.Length;
            }

            Store(first, y[output..]);
            Store(second, y[(output + Lanes.Count)..]);
            Store(third, y[(output + (2 * Lanes.Count))..]);
        }

        for (; output < y.Length; output += Lanes.Count)
        {
            var sum = Vector256.LoadUnsafe(ref weights, (nuint)((x.Length * y.Length) + output));
            var at = (nuint)output;
            foreach (var value in x)
            {
                sum += Vector256.LoadUnsafe(ref weights, at) * Vector256.Create(value);
                at += (nuint)y.Length;
            }

            Store(sum, y[output..]);
        }
    }

    /// <summary>Adds this row's gradients.</summary>
    /// <param name="x">The input of the forward pass.</param>
    /// <param name="y">Its output.</param>
    /// <param name="outputGradient">dE/dy, <see cref="Width"/> values, 0 beyond the outputs; overwritten by the gradient before f.</param>
    /// <param name="gradients">Receives dE/dparameters, added to what is there.</param>
    /// <param name="inputGradient">Receives dE/dx, then zeros; empty where nobody needs it.</param>
    internal void Backward(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> outputGradient, Span<float> gradients, Span<float> inputGradient)
    {
        outputGradient = outputGradient[..Width];
        for (var i = 0; HasTanh && i < outputGradient.Length; i++)
        {
            outputGradient[i] *= 1 - (y[i] * y[i]);
        }

        inputGradient.Clear();
        for (var input = 0; input < Inputs; input++)
        {
            AddProduct(outputGradient, x[input], gradients.Slice(input * Width, Width));
            if (!inputGradient.IsEmpty)
            {
                inputGradient[input] = Dot(outputGradient, _parameters.AsSpan(input * Width, Width));
            }
        }

        AddProduct(outputGradient, 1, gradients.Slice(Inputs * Width, Width));
    }

    private static void AddProduct(ReadOnlySpan<float> x, float factor, Span<float> sums)
    {
        for (var i = 0; i < sums.Length; i += Lanes.Count)
        {
            var sum = Vector256.Create<float>(sums.Slice(i, Lanes.Count)) + (Vector256.Create(x.Slice(i, Lanes.Count)) * Vector256.Create(factor));
            sum.CopyTo(sums[i..]);
        }
    }

    private static float Dot(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        var sum = Vector256<float>.Zero;
        for (var i = 0; i < x.Length; i += Lanes.Count)
        {
            sum += Vector256.Create(x.Slice(i, Lanes.Count)) * Vector256.Create(y.Slice(i, Lanes.Count));
        }

        return Lanes.Sum(sum);
    }

    private void Store(Vector256<float> sum, Span<float> y) => (HasTanh ? Lanes.Tanh(sum) : sum).CopyTo(y);

    /// <summary>Where a parameter of the constructor's order lies.</summary>
    private int PositionOf(int parameter) => parameter < Inputs * Outputs
        ? (parameter % Inputs * Width) + (parameter / Inputs)
        : (Inputs * Width) + parameter - (Inputs * Outputs);
}
